package import XMLForms

/// An element of a message: each edition of ECMA-323 has a namespace of its own, and the same words.
package typealias CSTAElement = XMLBranch

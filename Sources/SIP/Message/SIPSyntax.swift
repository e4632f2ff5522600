import HeaderForms

/// SIP writes its header values as HTTP does.
typealias SIPSyntax = HeaderSyntax

public import Canvas

/// The screen that shows the model.
public func render(_ model: Model) -> Frame {
  var painter = Painter(model)
  painter.paint()
  return painter.frame
}

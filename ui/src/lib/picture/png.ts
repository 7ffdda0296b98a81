/// Paints a drawing onto a canvas. Not by way of an SVG image: the window's policy loads no picture that is not its own.
import type { Drawing, Hatch, Paint, Shape } from "./drawing";

/** Pixels of the picture for one of the page: sharp in print and on dense screens. */
const DENSITY = 2;

function outline(shape: Exclude<Shape, { kind: "text" }>): Path2D {
  if (shape.kind === "path") return new Path2D(shape.d);
  const path = new Path2D();
  if (shape.kind === "rect") path.rect(shape.x, shape.y, shape.width, shape.height);
  else path.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
  return path;
}

/** Lines at 45 degrees through the whole picture, cut to the shape. */
function hatch(context: CanvasRenderingContext2D, path: Path2D, { step, line, color }: Hatch, reach: number): void {
  context.save();
  context.clip(path);
  context.strokeStyle = color;
  context.lineWidth = line;
  context.setLineDash([]);
  context.beginPath();
  const apart = step * Math.SQRT2;
  for (let at = -reach; at < reach; at += apart) {
    context.moveTo(at, 0);
    context.lineTo(at + reach, -reach);
    context.moveTo(at, 0);
    context.lineTo(at - reach, reach);
  }
  context.stroke();
  context.restore();
}

function brush(context: CanvasRenderingContext2D, path: Path2D, paint: Paint, reach: number): void {
  if (typeof paint.fill === "string") {
    context.fillStyle = paint.fill;
    context.fill(path);
  } else if (paint.fill !== null) hatch(context, path, paint.fill, reach);
  if (paint.stroke === null || paint.strokeWidth <= 0) return;
  context.strokeStyle = paint.stroke;
  context.lineWidth = paint.strokeWidth;
  context.setLineDash([...paint.dash]);
  context.stroke(path);
}

function put(context: CanvasRenderingContext2D, shape: Shape, reach: number): void {
  context.save();
  context.transform(...shape.matrix);
  if (shape.kind === "text") {
    context.font = `${shape.weight} ${shape.size}px ${shape.family}`;
    context.textAlign = shape.anchor === "middle" ? "center" : shape.anchor;
    context.direction = shape.direction;
    context.fillStyle = shape.fill;
    context.fillText(shape.text, shape.x, shape.y);
  } else brush(context, outline(shape), shape, reach);
  context.restore();
}

export function pngOf(drawing: Drawing): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(drawing.width * DENSITY);
  canvas.height = Math.ceil(drawing.height * DENSITY);
  const context = canvas.getContext("2d");
  if (!context) return Promise.reject(new Error("this window cannot paint pictures"));
  context.scale(DENSITY, DENSITY);
  context.fillStyle = drawing.background;
  context.fillRect(0, 0, drawing.width, drawing.height);
  for (const shape of drawing.shapes) put(context, shape, 2 * (drawing.width + drawing.height));
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture could not be written"))), "image/png"));
}

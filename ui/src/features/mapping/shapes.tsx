/// Records with the same fields are one shape: steps through them, or chooses one by its file.
import { Button } from "@/components/button";
import { Menu } from "@/components/menu";
import type { ShapePreview } from "@/ipc";
import { count, counted } from "@/lib/format";
import css from "./mapping.module.css";

export function Shapes({ shapes, at, onGo }: { shapes: readonly ShapePreview[]; at: number; onGo(at: number): void }) {
  const here = `Shape ${count(at + 1)} of ${count(shapes.length)}`;
  return (
    <span className={css.shapes}>
      <Button size="small" icon="left" label="Previous shape" onPress={() => onGo(at - 1)} unavailable={at > 0 ? undefined : "it is the first"} />
      <Menu
        label="Shapes of record" align="end" onChoose={(id) => onGo(Number(id))} foot="Files whose records have the same fields are one shape."
        trigger={<Button kind="plain" size="small" label={`${here}: choose another`}>{here}</Button>}
        items={shapes.map((shape, index) => ({ id: String(index), title: shape.path, chosen: index === at, note: `${counted(shape.files, "file")}, ${counted(shape.fields.length, "field")}` }))}
      />
      <Button size="small" icon="right" label="Next shape" onPress={() => onGo(at + 1)} unavailable={at < shapes.length - 1 ? undefined : "it is the last"} />
    </span>
  );
}

/// A grid that reaches row ten million: draws only the rows in the window, fetches by pages, moves by keyboard, wheel and track.
import { type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { clampTop, moved, pagesOf, reveal, thumbOf, topOfThumb } from "@/lib/grid_window";
import { Icon } from "./icon";
import css from "./virtual_grid.module.css";

export interface GridColumn<Row> {
  id: string;
  head: ReactNode;
  numeric?: boolean;
  cell(row: Row): ReactNode;
}

export interface GridTicks<Row> {
  holds(row: Row): boolean;
  onTick(index: number, range: boolean): void;
}

export interface VirtualGridProps<Row> {
  label: string;
  columns: readonly GridColumn<Row>[];
  /** A class that sets `--columns` to the grid's column template. */
  className: string;
  count: number;
  rowHeight?: number;
  /** The row at an index from 0, or `undefined` while it is fetched. */
  rowAt(index: number): Row | undefined;
  /** Asks for pages by their first row. */
  onPages(pages: number[]): void;
  selected: number | null;
  onSelect(index: number): void;
  /** Rows that are ticked, beside the one that is chosen: a click with Ctrl or on the tick takes one in or out, with Shift all from the last. */
  ticks?: GridTicks<Row>;
  /** Told which rows stand in the window, from 0. */
  onWindow?: (first: number, last: number) => void;
}

function Track({ top, count, visible, onTop }: { top: number; count: number; visible: number; onTop(top: number): void }) {
  const ref = useRef<HTMLDivElement>(null);
  const [length, setLength] = useState(0);
  const grabbed = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (!ref.current || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => setLength(ref.current?.clientHeight ?? 0));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  const thumb = thumbOf(top, count, visible, length);
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (!thumb) return;
    const at = event.clientY - event.currentTarget.getBoundingClientRect().top;
    const inside = at >= thumb.offset && at <= thumb.offset + thumb.size;
    grabbed.current = inside ? at - thumb.offset : thumb.size / 2;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (!inside) onTop(topOfThumb(at - thumb.size / 2, count, visible, length));
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (grabbed.current === null) return;
    onTop(topOfThumb(event.clientY - event.currentTarget.getBoundingClientRect().top - grabbed.current, count, visible, length));
  };
  return (
    <div ref={ref} className={css.track} aria-hidden="true" onPointerDown={down} onPointerMove={move} onPointerUp={() => { grabbed.current = null; }}>
      {thumb && <i className={css.thumb} style={{ insetBlockStart: thumb.offset, blockSize: thumb.size }} />}
    </div>
  );
}

/** The grid holds the focus: Space ticks the chosen row. */
function Tick({ on, label }: { on: boolean; label: string }) {
  return <span role="checkbox" aria-checked={on} aria-label={label} className={css.tick}>{on && <Icon name="check" />}</span>;
}

export function VirtualGrid<Row>({ label, columns, className, count, rowHeight = 29, rowAt, onPages, selected, onSelect, onWindow, ticks }: VirtualGridProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(600);
  const [wanted, setTop] = useState(0);
  const visible = height / rowHeight;
  const top = clampTop(wanted, count, visible);
  const first = Math.floor(top);
  const last = Math.min(count - 1, Math.ceil(top + visible));

  useLayoutEffect(() => {
    const element = body.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight || 600));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // A wheel listener that may prevent the page from moving cannot be passive, as React's are.
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const pixels = event.deltaMode === 1 ? event.deltaY * rowHeight : event.deltaMode === 2 ? event.deltaY * element.clientHeight : event.deltaY;
      setTop((before) => clampTop(clampTop(before, count, visible) + pixels / rowHeight, count, visible));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [count, rowHeight, visible]);

  useEffect(() => {
    onWindow?.(first, Math.max(first, Math.min(count - 1, Math.floor(top + visible) - 1)));
    // Waits while the track is dragged, so that pages passed over are never asked for.
    const timer = setTimeout(() => onPages(pagesOf(first, last, count)), 40);
    return () => clearTimeout(timer);
  }, [first, last, top, visible, count, onPages, onWindow]);

  // The chosen row is brought into the window when it changes, not when the window moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the chosen row matters.
  useEffect(() => {
    if (selected !== null) setTop((before) => reveal(selected, clampTop(before, count, visible), count, visible));
  }, [selected, count]);

  const keydown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moved(event.key, selected ?? -1, count, visible);
    if (to === null) return;
    event.preventDefault();
    onSelect(to);
  };

  const clicked = (event: MouseEvent, index: number) => {
    const onTick = (event.target as Element).closest("[role=checkbox]") !== null;
    if (ticks && (onTick || event.shiftKey || event.ctrlKey || event.metaKey)) ticks.onTick(index, event.shiftKey);
    else onSelect(index);
  };

  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  return (
    <div className={`${css.grid} ${className}`} role="grid" aria-label={label} aria-rowcount={count + 1} aria-colcount={columns.length + (ticks ? 1 : 0)} tabIndex={0} onKeyDown={keydown} {...(selected !== null && selected >= first && selected <= last ? { "aria-activedescendant": `row-${selected}` } : {})}>
      <div className={css.head} role="row" aria-rowindex={1}>
        {ticks && <div role="columnheader"><span className="unseen">selected</span></div>}
        {columns.map((column) => <div key={column.id} role="columnheader" className={column.numeric ? css.numeric : undefined}>{column.head}</div>)}
      </div>
      <div className={css.body} ref={body} role="rowgroup">
        <div className={css.rows} role="presentation" style={{ transform: `translateY(${-(top - first) * rowHeight}px)` }}>
          {indexes.map((index) => {
            const row = rowAt(index);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the focus and moves by arrows.
              <div key={index} id={`row-${index}`} className={css.row} role="row" aria-rowindex={index + 2} aria-selected={index === selected} aria-busy={row === undefined} style={{ blockSize: rowHeight }} onMouseDown={(event) => { if (event.shiftKey) event.preventDefault(); }} onClick={(event) => clicked(event, index)}>
                {ticks && <div role="gridcell" className={css.tickCell}>{row && <Tick on={ticks.holds(row)} label={`Select row ${index + 1}`} />}</div>}
                {columns.map((column, i) => (
                  <div key={column.id} role="gridcell" className={column.numeric ? css.numeric : undefined}>{row ? column.cell(row) : i === 0 ? (index + 1).toLocaleString("en") : <i className={css.pending} />}</div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <Track top={top} count={count} visible={visible} onTop={setTop} />
    </div>
  );
}

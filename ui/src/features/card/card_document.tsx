/// The card's sections, set as a document; facts are sentences with a number that can be opened.
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { CardBlock, CardSection } from "@/ipc";
import css from "./card.module.css";
import { SectionWriter } from "./section_writer";

export interface CardDocumentProps {
  title: string;
  gloss: string;
  dataset: string;
  sections: readonly CardSection[];
  openSamples(filter: string): void;
}

/** Facts that follow each other are drawn as one list, paragraphs of one written section as one text. */
export function groups(blocks: readonly CardBlock[]): (readonly CardBlock[])[] {
  const grouped: CardBlock[][] = [];
  for (const block of blocks) {
    const last = grouped.at(-1);
    const first = last?.[0];
    const together = (block.kind === "fact" && first?.kind === "fact") || (block.kind === "written" && first?.kind === "written" && first.section === block.section);
    if (together) last?.push(block);
    else grouped.push([block]);
  }
  return grouped;
}

export function CardDocument({ title, gloss, dataset, sections, openSamples }: CardDocumentProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.scroll} tabIndex={0} role="region" aria-label="The card">
      <article className={css.document}>
        <h2><Verbatim>{title}</Verbatim></h2>
        <p className={css.by}>{gloss}</p>
        {sections.map((section) => (
          <section key={section.title}>
            <h3>{section.title}</h3>
            {groups(section.blocks).map((group, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one draft never move.
              <Group key={index} dataset={dataset} blocks={group} openSamples={openSamples} />
            ))}
          </section>
        ))}
      </article>
    </div>
  );
}

function Group({ dataset, blocks, openSamples }: { dataset: string; blocks: readonly CardBlock[]; openSamples(filter: string): void }) {
  const first = blocks[0];
  if (!first) return null;
  switch (first.kind) {
    case "paragraph":
      return <p className={css.paragraph} dir="auto"><Visible text={first.text} /></p>;
    case "open":
      return <SectionWriter dataset={dataset} section={first.section} asks={first.label} paragraphs={[]} />;
    case "written":
      return <SectionWriter dataset={dataset} section={first.section} asks={null} paragraphs={blocks.flatMap((block) => block.kind === "written" ? [block.text] : [])} />;
    case "table":
      return <Table columns={first.columns} rows={first.rows} filters={first.filters} openSamples={openSamples} />;
    case "fact":
      return (
        <dl className={css.facts}>
          {blocks.map((block) => block.kind === "fact" && (
            <div key={block.label}>
              <dt><Visible text={block.label} /></dt>
              <dd>
                {block.filter === null ? <span className={css.value}><Visible text={block.value} /></span> : <button type="button" className={`link ${css.value}`} aria-label={`${block.label}: ${block.value}. Open the samples behind it`} onClick={() => openSamples(block.filter ?? "")}><Visible text={block.value} /></button>}
                {block.note && <span className={css.note}><Visible text={block.note} /></span>}
              </dd>
            </div>
          ))}
        </dl>
      );
  }
}

/** A column whose cells all begin with a digit, a sign or nothing is set as numbers. */
export function numericColumns(rows: readonly (readonly string[])[], columns: number): boolean[] {
  return Array.from({ length: columns }, (_, column) => rows.length > 0 && rows.every((row) => /^[-−+<]?\s?\d|^$/.test(row[column] ?? "")));
}

interface TableProps {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  filters: readonly (readonly (string | null)[])[];
  openSamples(filter: string): void;
}

function Table({ columns, rows, filters, openSamples }: TableProps) {
  const numeric = numericColumns(rows, columns.length);
  return (
    <table className={css.table}>
      <thead>
        <tr>{columns.map((column, index) => <th key={column} scope="col" className={numeric[index] ? "num" : undefined}><Visible text={column} /></th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one draft never move.
          <tr key={at}>{columns.map((column, index) => <td key={column} className={numeric[index] ? "num" : undefined}><Cell words={row[index] ?? ""} name={`${row[0]}, ${column}`} filter={filters[at]?.[index] ?? null} openSamples={openSamples} /></td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ words, name, filter, openSamples }: { words: string; name: string; filter: string | null; openSamples(filter: string): void }) {
  if (filter === null) return <Verbatim>{words}</Verbatim>;
  return <button type="button" className="link" aria-label={`${name}: ${words}. Open the samples behind it`} onClick={() => openSamples(filter)}><Verbatim>{words}</Verbatim></button>;
}

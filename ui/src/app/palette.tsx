/// The command palette: every command, its keys, and why it cannot be run now.
import { useState } from "react";
import { Input, ListBox, ListBoxItem, ListBoxSection, Header, Autocomplete, SearchField } from "react-aria-components";
import { Dialog } from "@/components/dialog";
import { Icon } from "@/components/icon";
import { KeyCap, WrittenKey } from "@/components/key_cap";
import { type Offered, type Scope, useOffered } from "@/lib/commands";
import { sentence } from "@/lib/format";
import css from "./palette.module.css";

/** Whether every word of the query starts somewhere in the title, or the title holds the query. */
export function matches(title: string, query: string): boolean {
  const text = title.toLowerCase();
  return query.toLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(word));
}

/** The title with the first hit of the query set apart. */
function Marked({ title, query }: { title: string; query: string }) {
  const at = query ? title.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (at < 0) return title;
  return <>{title.slice(0, at)}<u>{title.slice(at, at + query.length)}</u>{title.slice(at + query.length)}</>;
}

function why(unavailable: string | undefined): string {
  if (!unavailable) return "";
  return unavailable.startsWith("not possible") ? unavailable : `not possible: ${unavailable}`;
}

function headOf({ command }: Offered): string {
  return command.scope === "anywhere" ? command.group : sentence(command.scope);
}

export function Palette({ scope, onClose }: { scope: Scope; onClose(): void }) {
  const [query, setQuery] = useState("");
  const offered = useOffered(scope).filter((one) => one.command.group !== "Digits" && one.command.id !== "app.commands");
  const found = offered.filter((one) => matches(one.command.title, query.trim()));
  // What can be run stands first within its head; heads with nothing to run stand last.
  const heads = [...new Set(found.map(headOf))].map((head) => ({ head, rows: found.filter((one) => headOf(one) === head).sort((a, b) => Number(Boolean(a.unavailable)) - Number(Boolean(b.unavailable))) }))
    .sort((a, b) => Number(Boolean(a.rows[0]?.unavailable)) - Number(Boolean(b.rows[0]?.unavailable)));
  const run = (id: string) => {
    const one = offered.find((each) => each.command.id === id);
    if (!one || one.unavailable) return;
    onClose();
    // After the dialog has given back the focus.
    setTimeout(one.run, 0);
  };
  return (
    <Dialog title="Commands" open onClose={onClose} wide bare>
      <Autocomplete inputValue={query} onInputChange={setQuery} filter={() => true}>
        <SearchField aria-label="Search or run a command" className={css.query!} autoFocus>
          <Icon name="search" />
          <Input className={css.input!} placeholder="Search or run a command" />
          <span className={css.tally}>{found.length} of {offered.length} commands</span>
        </SearchField>
        <ListBox className={css.list!} aria-label="Commands" onAction={(key) => run(String(key))} renderEmptyState={() => <p className={css.nothing}>No command has these words.</p>}>
          {heads.map(({ head, rows }) => (
            <ListBoxSection key={head} id={`head ${head}`}>
              <Header className={css.head!}>{head}</Header>
              {rows.map(({ command, unavailable }) => (
                <ListBoxItem key={command.id} id={command.id} textValue={unavailable ? `${command.title}, ${why(unavailable)}` : command.title} className={unavailable ? `${css.item} ${css.no}` : css.item!}>
                  <span><Marked title={command.title} query={query.trim()} /></span>
                  <i>{why(unavailable)}</i>
                  {!unavailable && command.keys[0] && <WrittenKey keys={command.keys[0]} />}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Autocomplete>
      <footer className={css.foot}>
        <span><KeyCap keys="↑ ↓" /> choose</span><span><KeyCap keys="Enter" /> run</span><span><KeyCap keys="Esc" /> close</span>
        <span className="gap" />also in the menu
      </footer>
    </Dialog>
  );
}

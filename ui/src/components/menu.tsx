/// A menu that opens beside its trigger.
import type { ReactNode } from "react";
import { Header, Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { Icon } from "./icon";
import { Verbatim } from "./verbatim";
import css from "./menu.module.css";

export interface MenuChoice {
  id: string;
  title: ReactNode;
  /** Said at the end of the row in lighter words. */
  note?: ReactNode;
  chosen?: boolean;
  /** Why it cannot be chosen. */
  unavailable?: string | undefined;
  /** Starts a new section with this head; an empty text draws only the line. */
  section?: string;
}

export interface MenuProps {
  label: string;
  /** A React Aria button. */
  trigger: ReactNode;
  items: readonly MenuChoice[];
  onChoose(id: string): void;
  /** What stands below the choices: the cost of one, for instance. */
  foot?: ReactNode;
  /** Which edge of the trigger it lines up with. */
  align?: "start" | "end";
}

interface Section {
  head: string | null;
  items: MenuChoice[];
}

function sections(items: readonly MenuChoice[]): Section[] {
  const all: Section[] = [];
  for (const item of items) {
    if (all.length === 0 || item.section !== undefined) all.push({ head: item.section ?? null, items: [] });
    all.at(-1)!.items.push(item);
  }
  return all;
}

export function Menu({ label, trigger, items, onChoose, foot, align = "start" }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={css.popover!} placement={`bottom ${align}`} offset={4}>
        <AriaMenu className={css.menu!} aria-label={label} onAction={(key) => onChoose(String(key))} disabledKeys={items.filter((item) => item.unavailable).map((item) => item.id)}>
          {sections(items).map((section, i) => (
            <MenuSection key={section.head ?? i} id={`section ${i}`} className={css.section!} aria-label={section.head || label}>
              {section.head ? <Header className={css.head!}>{section.head}</Header> : null}
              {section.items.map((item) => (
                <MenuItem key={item.id} id={item.id} textValue={typeof item.title === "string" ? item.title : item.id} className={css.item!}>
                  <span className={css.tick}>{item.chosen && <Icon name="check" />}</span>
                  <span className={css.title}><Verbatim>{item.title}</Verbatim></span>
                  {(item.unavailable ?? item.note) && <span className={css.note}><Verbatim>{item.unavailable ?? item.note}</Verbatim></span>}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
        {foot && <div className={css.foot}>{foot}</div>}
      </Popover>
    </MenuTrigger>
  );
}

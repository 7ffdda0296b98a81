/// A choice of one from a list that opens below.
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from "react-aria-components";
import { Icon } from "./icon";
import { Visible } from "./reading";
import { Verbatim } from "./verbatim";
import menu from "./menu.module.css";
import css from "./select.module.css";

export interface SelectOption {
  value: string;
  label: string;
  note?: string;
}

export interface SelectProps {
  label: string;
  value: string | null;
  options: readonly SelectOption[];
  onChange(value: string): void;
  unlabelled?: boolean;
  placeholder?: string;
  className?: string | undefined;
  autoFocus?: boolean;
}

export function Select({ label, value, options, onChange, unlabelled = false, placeholder = "Choose…", className, autoFocus = false }: SelectProps) {
  return (
    <AriaSelect className={`${css.select} ${className ?? ""}`} value={value} onChange={(key) => key !== null && onChange(String(key))} {...(unlabelled ? { "aria-label": label } : {})} autoFocus={autoFocus}>
      {!unlabelled && <Label className={css.label!}>{label}</Label>}
      <Button className={css.button!}>
        {/* React Aria's own element: the button is then called by its label and by what is chosen. */}
        <SelectValue className={value === null ? css.none! : ""}><Verbatim>{options.find((one) => one.value === value)?.label ?? value ?? placeholder}</Verbatim></SelectValue>
        <Icon name="down" />
      </Button>
      <Popover className={menu.popover!} offset={2}>
        <ListBox className={`${menu.menu} ${css.list}`} items={options.map((one) => ({ ...one, id: one.value }))}>
          {(one) => (
            <ListBoxItem id={one.id} textValue={one.label} className={menu.item!}>
              <span className={menu.tick}>{one.value === value && <Icon name="check" />}</span>
              <span className={menu.title}><Verbatim>{one.label}</Verbatim></span>
              {one.note && <span className={menu.note}><Visible text={one.note} /></span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

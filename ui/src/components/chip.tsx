/// A condition of a filter: field, how, value; pressed to change it, crossed to take it away.
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "./icon";
import { Verbatim } from "./verbatim";
import css from "./chip.module.css";

export interface ChipProps {
  field: string;
  operator: string;
  value: string;
  onChange?: () => void;
  onRemove?: () => void;
}

export function Chip({ field, operator, value, onChange, onRemove }: ChipProps) {
  const said = `${field} ${operator} ${value}`.trim();
  return (
    <span className={css.chip}>
      <AriaButton className={css.words!} aria-label={`Change: ${said}`} onPress={() => onChange?.()}>
        <span><Verbatim>{field}</Verbatim></span>
        <span className={css.operator}>{operator}</span>
        {value && <span className={css.value}><Verbatim>{value}</Verbatim></span>}
      </AriaButton>
      {onRemove && <AriaButton className={css.cross!} aria-label={`Remove: ${said}`} onPress={onRemove}><Icon name="cross" /></AriaButton>}
    </span>
  );
}

/// Whom is the pack for? Someone of this workspace, or someone who is added with it.
import { Radio, RadioGroup } from "react-aria-components";
import { Field } from "@/components/field";
import radio from "@/components/radio.module.css";
import { Select } from "@/components/select";
import type { Person, Role } from "@/ipc";
import { sentence } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./packs.module.css";

export interface Recipient {
  readonly name: string;
  /** Nobody of the workspace: added when the pack is written. */
  readonly fresh: boolean;
  readonly role: Role;
}

const SOMEONE_ELSE = "\u0000else";
const ROLES: readonly { role: Role; does: string }[] = [{ role: "expert", does: "judges samples" }, { role: "curator", does: "also draws queues and promotes to gold" }, { role: "lead", does: "also adjudicates and signs" }];

export function recipientProblem(recipient: Recipient, people: readonly Person[]): string | undefined {
  const name = recipient.name.trim();
  if (name === "") return recipient.fresh ? "the recipient has no name yet" : "choose whom it is for";
  if (recipient.fresh && people.some((one) => one.name === name)) return `${name} is in this workspace already`;
  return undefined;
}

export function RecipientFields({ value, onChange }: { value: Recipient; onChange(next: Recipient): void }) {
  const people = useSession().workspace?.people ?? [];
  const options = [...people.map((one) => ({ value: one.name, label: one.name, note: sentence(one.role) })), { value: SOMEONE_ELSE, label: "Someone else…" }];
  const choose = (name: string) => onChange(name === SOMEONE_ELSE ? { name: "", fresh: true, role: "expert" } : { name, fresh: false, role: value.role });
  return (
    <>
      <Select label="For" value={value.fresh ? SOMEONE_ELSE : value.name || null} placeholder="Choose whom it is for…" options={options} onChange={choose} />
      {value.fresh && (
        <div className={css.fresh}>
          <Field label="Name" value={value.name} autoFocus onChange={(name) => onChange({ ...value, name })} hint="Stands in the ledger as the author of every answer that comes back." />
          <RadioGroup aria-label="Role" className={css.roles!} value={value.role} onChange={(role) => onChange({ ...value, role: role as Role })}>
            {ROLES.map((one) => <Radio key={one.role} value={one.role} className={radio.radio!}><span><b>{sentence(one.role)}</b> {one.does}</span></Radio>)}
          </RadioGroup>
        </div>
      )}
    </>
  );
}

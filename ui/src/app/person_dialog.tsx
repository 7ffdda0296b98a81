/// Who is at the keyboard: choose someone known, or say who you are.
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import radio from "@/components/radio.module.css";
import { asFault, call, type Role } from "@/ipc";
import { sentence } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./palette.module.css";

const ROLES: readonly { role: Role; does: string }[] = [
  { role: "expert", does: "judges samples, one at a time" },
  { role: "curator", does: "indexes data, draws queues, promotes to gold" },
  { role: "lead", does: "adjudicates and signs" },
];

export function PersonDialog({ onClose }: { onClose(): void }) {
  const { workspace, person, adopt, noteSaved } = useSession();
  const people = workspace?.people ?? [];
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("curator");
  const [problem, setProblem] = useState<string>();
  const send = (command: "person_add" | "person_choose", request: { name: string; role: Role }) =>
    void call(command, request).then((app) => {
      adopt(app);
      if (app.workspace?.last_entry) noteSaved(app.workspace.last_entry);
      onClose();
    }).catch((cause: unknown) => setProblem(asFault(cause, "adding a person").message));
  const add = () => (name.trim() ? send("person_add", { name: name.trim(), role }) : setProblem("Every entry in the ledger names a person: write your name."));
  return (
    <Dialog title="Who are you?" open onClose={onClose} foot={<Button kind="ink" onPress={add}>{people.length ? "Add and continue" : "Continue"}</Button>}>
      {people.length > 0 && (
        <ul className={css.people} aria-label="People of this workspace">
          {people.map((one) => (
            <li key={one.name}>
              <button type="button" className={css.person} aria-pressed={one.name === person?.name} onClick={() => send("person_choose", one)}>
                <span className={css.tick}>{one.name === person?.name && <Icon name="check" />}</span><Verbatim>{one.name}</Verbatim><span className="t2">{sentence(one.role)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={css.form}>
        <Field label={people.length ? "Someone else" : "Name"} value={name} onChange={(next) => { setName(next); setProblem(undefined); }} problem={problem} onSubmit={add} autoFocus hint="Stands in the ledger with every decision. No account, no password; it stays on this machine." />
        <RadioGroup aria-label="Role" value={role} onChange={(next) => setRole(next as Role)} className={css.roles!}>
          {ROLES.map((one) => <Radio key={one.role} value={one.role} className={radio.radio!}><span><b>{sentence(one.role)}</b> {one.does}</span></Radio>)}
        </RadioGroup>
      </div>
    </Dialog>
  );
}

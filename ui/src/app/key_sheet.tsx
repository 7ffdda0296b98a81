/// The key sheet: what each key means on this screen, and the switch for single keys.
import { Switch } from "react-aria-components";
import { Dialog } from "@/components/dialog";
import { WrittenKey } from "@/components/key_cap";
import { type Command, type Scope, useCommandsNow } from "@/lib/commands";
import { sentence } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./palette.module.css";

interface Group {
  name: string;
  commands: Command[];
}

function groupsOf(all: readonly Command[], scope: Scope): Group[] {
  const shown = all.filter((command) => command.keys.length > 0 && command.group !== "Digits" && (command.scope === scope || command.scope === "anywhere"));
  return [...new Set(shown.map((command) => command.group))].map((name) => ({ name, commands: shown.filter((command) => command.group === name) })).sort((a, b) => order(a.name) - order(b.name));
}

function order(name: string): number {
  return ["Move", "Look", "Select and filter", "Decide", "When a save failed", "Data", "Anywhere", "Go to"].indexOf(name);
}

/** Rows of a group: the ten views are one row, for their keys are ten digits in the order of the rail. */
function rowsOf({ name, commands }: Group): { id: string; title: string; keys: readonly string[] }[] {
  const numbered = commands.filter((command) => /^Alt \d$/.test(command.keys[0] ?? ""));
  if (name !== "Go to" || numbered.length < 2) return commands;
  const [first, last] = [numbered[0]!, numbered.at(-1)!];
  return [{ id: "go", title: `${first.title} to ${last.title}`, keys: [first.keys[0]!, last.keys[0]!] }, ...commands.filter((command) => !numbered.includes(command))];
}

/** Two columns of about the same height: moving and looking first, each group after that where there is most room. */
function columns(groups: readonly Group[]): [Group[], Group[]] {
  const left: Group[] = [];
  const right: Group[] = [];
  const height = (column: readonly Group[]) => column.reduce((sum, group) => sum + rowsOf(group).length + 1, 0);
  for (const group of groups) {
    const first = group.name === "Move" || group.name === "Look";
    (first || height(left) < height(right) ? left : right).push(group);
  }
  return [left, right];
}

export function KeySheet({ scope, onClose }: { scope: Scope; onClose(): void }) {
  const { settings, setSetting } = useSession();
  const all = useCommandsNow();
  return (
    <Dialog
      title={scope === "anywhere" ? "Keys" : `Keys in ${sentence(scope)}`} open onClose={onClose} wide
      foot={
        <Switch className={css.switch!} isSelected={settings.single_keys !== "off"} onChange={(on) => setSetting("single_keys", on ? "on" : "off")}>
          <span><b>Single keys</b>Off: letters and signs need Alt, digits Ctrl. Ignored while text is composed. Each key can be changed in Settings.</span>
          <span className="gap" /><span className={css.knob} />
        </Switch>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className={css.columns} tabIndex={0} role="region" aria-label="Keys">
        {columns(groupsOf(all, scope)).map((groups, i) => (
          <div key={i === 0 ? "left" : "right"}>
            {groups.map((group) => (
              <section key={group.name}>
                <h3>{group.name}</h3>
                <dl>{rowsOf(group).map((command) => <div key={command.id}><dt>{command.title}</dt><dd>{command.keys.map((key) => <span key={key}><span className="unseen">{key}</span><WrittenKey keys={key} /></span>)}</dd></div>)}</dl>
              </section>
            ))}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

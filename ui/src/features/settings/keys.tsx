/// Keys: which command has which, changed by pressing another, and whether single keys need a modifier.
import { useState } from "react";
import { Button } from "@/components/button";
import { SectionHead } from "@/components/section_head";
import { Segmented } from "@/components/segmented";
import { Select } from "@/components/select";
import { CATALOGUE, type Command, readGiven, refusal, runCommand, type Scope, useCommandsNow } from "@/lib/commands";
import { sentence } from "@/lib/format";
import { useSession } from "@/lib/session";
import { KeyRow } from "./key_row";
import css from "./settings.module.css";

const SCREENS = [...new Set(CATALOGUE.filter((command) => command.group !== "Digits").map((command) => command.scope))];

export function Keys() {
  const { settings, setSetting } = useSession();
  const [screen, setScreen] = useState<Scope>("review");
  const given = readGiven(settings.keys);
  const now = useCommandsNow();
  const keep = (next: Record<string, readonly string[]>) => setSetting("keys", JSON.stringify(next));
  const change = (command: Command, written: string): string | undefined => {
    const why = refusal(command, written, given);
    if (!why) keep({ ...given, [command.id]: [written, ...(given[command.id] ?? command.keys).slice(1).filter((key) => key !== written)] });
    return why;
  };
  const reset = (command: Command): string | undefined => {
    const { [command.id]: _, ...rest } = given;
    const why = command.keys.map((key) => refusal(command, key, rest)).find((each) => each?.includes("“"));
    if (!why) keep(rest);
    return why;
  };
  const own = CATALOGUE.filter((command) => command.scope === screen && command.group !== "Digits");
  return (
    <section>
      <SectionHead title="Keys" />
      <div className={css.row}><span>Single keys<small>Off: letters and signs need Alt, digits Ctrl.</small></span><Segmented label="Single keys" value={settings.single_keys === "off" ? "off" : "on"} options={[{ value: "on", label: "On" }, { value: "off", label: "Off" }]} onChange={(on) => setSetting("single_keys", on)} /></div>
      <div className={css.row}><span>All keys of a screen</span><Button onPress={() => runCommand("app.keys")} keys="?">Show keys</Button></div>
      <div className={css.row}>
        <span>Keys in<small>Digits 1 to 9 are labels, scores and reasons, and stay so.</small></span>
        <span className={css.acts}>
          <Select label="Screen" unlabelled value={screen} options={SCREENS.map((one) => ({ value: one, label: sentence(one) }))} onChange={(next) => setScreen(next as Scope)} />
          <Button onPress={() => keep({})} unavailable={Object.keys(given).length === 0 ? "no key was changed" : undefined}>All as they were</Button>
        </span>
      </div>
      <table className={css.keys}>
        <caption className="unseen">Keys in {screen}</caption>
        <thead><tr><th scope="col">command</th><th scope="col">key</th><th scope="col"><span className="unseen">change</span></th></tr></thead>
        <tbody>
          {own.map((command) => (
            <KeyRow key={command.id} title={command.title} keys={now.find((one) => one.id === command.id)!.keys} changed={command.id in given} onChange={(written) => change(command, written)} onReset={() => reset(command)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

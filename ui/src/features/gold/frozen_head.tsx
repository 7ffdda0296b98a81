/// What the head of Gold says and does about gold as a whole: its age, its frozen sets, freezing and exporting it.
import { Button } from "@/components/button";
import type { GoldOverview } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { ExportDialog, FreezeDialog } from "./frozen_acts";
import { ageWords, freezingUnavailable, keepingUnavailable } from "./frozen_sets";

export function FrozenHead({ gold }: { gold: GoldOverview }) {
  const { place, keep } = useNavigation();
  const { person } = useSession();
  const { act, frozen } = place.state;
  const mayNot = keepingUnavailable(person?.role);
  const noFreeze = mayNot ?? freezingUnavailable(gold.members.length, gold.frozen[0], gold.root);
  const noExport = mayNot ?? (gold.members.length === 0 && gold.frozen.length === 0 ? "the gold set is empty" : undefined);
  const begin = (what: "freeze" | "export") => keep({ act: what });
  const close = () => keep({ act: undefined });
  useCommands({ "gold.freeze": { run: () => begin("freeze"), unavailable: noFreeze }, "gold.export": { run: () => begin("export"), unavailable: noExport } });
  const number = act?.startsWith("export ") ? Number(act.slice("export ".length)) : (gold.members.length > 0 ? null : (gold.frozen[0]?.number ?? null));
  return (
    <>
      {gold.ages && <p className="small t2">{ageWords(gold.ages)}</p>}
      <span className="gap" />
      <Button pressed={frozen !== undefined} onPress={() => keep({ frozen: frozen === undefined ? "1" : undefined })}>Frozen sets {count(gold.frozen.length)}</Button>
      <Button icon="lock" unavailable={noFreeze} onPress={() => begin("freeze")}>Freeze…</Button>
      <Button icon="export" unavailable={noExport} onPress={() => begin("export")}>Export…</Button>
      {act === "freeze" && !mayNot && <FreezeDialog gold={gold} onClose={close} onFrozen={() => keep({ act: undefined, frozen: "1" })} />}
      {act?.startsWith("export") && !noExport && <ExportDialog gold={gold} number={number} onClose={close} />}
    </>
  );
}

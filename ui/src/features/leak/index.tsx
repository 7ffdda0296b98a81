/// Leak: is a reference (gold, another snapshot, a benchmark file) found in a snapshot? Both sides of each match are shown.
import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Select, type SelectOption } from "@/components/select";
import { Empty } from "@/components/states";
import { Working } from "@/components/working";
import { call, type DatasetInfo, type LeakReference, type Picked } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { count, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import { report } from "@/lib/trouble";
import { useAnswer } from "@/lib/use_answer";
import { Found } from "./found";
import css from "./leak.module.css";
import { Pairs } from "./pairs";

const GOLD = "gold";
const FILE = "file:";

/** Measured snapshots as they may be named, the latest of each dataset first. */
function named(datasets: readonly DatasetInfo[]): SelectOption[] {
  return datasets.flatMap((dataset) => dataset.snapshots.filter((one) => one.measured).toSorted((a, b) => b.number - a.number).map((one) => ({ value: `${dataset.name}@${one.number}`, label: `${dataset.name} / ${one.number}, ${date(one.created)}`, note: `${count(one.samples)} samples` })));
}

/** What is looked for, from the place: gold, a snapshot, or a picked file as `file:HANDLE`. */
export function referenceOf(text: string): LeakReference {
  if (text === GOLD) return { gold: true, snapshot: null, handle: null };
  if (text.startsWith(FILE)) return { gold: false, snapshot: null, handle: text.slice(FILE.length) };
  return { gold: false, snapshot: text, handle: null };
}

export function View() {
  const at = useSnapshot();
  const { workspace } = useSession();
  const { place, keep } = useNavigation();
  if (!at || !workspace) return <Empty view="Leak" title="Nothing indexed yet" action={<Button onPress={() => runCommand("data.folder")}>Choose a folder…</Button>}>Whether a benchmark or the gold set stands in your data is looked for in a measured snapshot.</Empty>;
  const snapshots = named(workspace.datasets);
  const data = snapshots.some((one) => one.value === place.state.data) ? place.state.data! : `${at.dataset}@${at.snapshot}`;
  const reference = place.state.reference ?? null;
  const key = place.state.key ?? null;
  const label = place.state.label ?? "the file";
  const others = snapshots.filter((one) => one.value !== data);
  const options: SelectOption[] = [
    { value: GOLD, label: "The gold set", note: `${count(workspace.gold)} members` },
    ...others,
    ...(reference?.startsWith(FILE) ? [{ value: reference, label }] : []),
  ];
  const choose = (next: string, name?: string) => keep({ reference: next, label: name, key: undefined, kind: undefined, pair: undefined });
  return (
    <div className={`view ${css.view}`}>
      <header className={css.head}>
        <h1>Leak</h1>
        <span className="t2">Is</span>
        <Select label="Reference" unlabelled className={css.choice} value={reference} placeholder="choose a reference" options={options} onChange={(next) => choose(next)} />
        <PickFile onPicked={(picked) => choose(`${FILE}${picked.handle}`, picked.label)} />
        <span className="t2">in</span>
        <Select label="Searched snapshot" unlabelled className={css.choice} value={data} options={snapshots} onChange={(next) => keep({ data: next, key: undefined, kind: undefined, pair: undefined })} />
        <span className="t2">?</span>
      </header>
      {reference === null ? (
        <Empty title="Choose what to look for">The gold set, another snapshot, or a benchmark's file or folder. It is looked for by equal text, equal normalised text, near-duplicates, and long shared runs of words. Paraphrase and translation are invisible to n-grams.</Empty>
      ) : <Search key={`${reference} ${data} ${key}`} reference={reference} data={data} kept={key} label={options.find((one) => one.value === reference)?.label ?? reference} />}
    </div>
  );
}

function PickFile({ onPicked }: { onPicked(picked: Picked): void }) {
  const picking = useMutation({
    mutationFn: (purpose: "data_files" | "data_folder") => (purpose === "data_files" ? call("pick_files", { title: "Choose the reference", purpose }).then((files) => files?.[0] ?? null) : call("pick_folder", { title: "Choose the reference", purpose })),
    onSuccess: (picked) => picked && onPicked(picked),
    onError: report("Choosing the reference"),
  });
  return <Button onPress={() => picking.mutate("data_files")} unavailable={picking.isPending ? "the dialog is open" : undefined}>A file…</Button>;
}

interface SearchProps {
  reference: string;
  data: string;
  /** What a comparison has found already. */
  kept: string | null;
  label: string;
}

function Search({ reference, data, kept, label }: SearchProps) {
  const search = useAnswer({ key: ["leak", reference, data], ask: () => call("leak", { reference: referenceOf(reference), data }), enabled: kept === null });
  if (kept !== null) return <div className={css.only}><Pairs found={kept} data={data} total={null} /></div>;
  if (!search.answer) return <Working of={search} what={`Looking for ${label} in ${data}…`} doing={`Looking for ${label} in ${data}`} />;
  const found = search.answer;
  return (
    <div className={css.body}>
      <Found found={found} label={label} />
      {found.found > 0 ? <Pairs found={found.key} data={data} total={found.found} /> : <Empty title="None found by this method">Paraphrase and translation are invisible to n-grams: what was reworded or translated shares no run of words.</Empty>}
    </div>
  );
}

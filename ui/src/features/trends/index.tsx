/// Trends: every warning sign over all measured snapshots, with its interval, and what the last step changed.
import { Button } from "@/components/button";
import { SectionHead } from "@/components/section_head";
import { Empty } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { call, type Trends } from "@/ipc";
import { runCommand, useCommands } from "@/lib/commands";
import { counted, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import { SignChart } from "./sign_chart";
import { orderedSigns, SignList, signKey } from "./sign_list";
import { SignStep } from "./sign_step";
import css from "./trends.module.css";

export function View() {
  const at = useSnapshot();
  if (!at) return <Empty view="Trends" title="Nothing indexed yet" action={<Button onPress={() => runCommand("data.folder")}>Choose a folder…</Button>}>How the warning signs move from snapshot to snapshot stands here once a dataset is measured.</Empty>;
  return <Dataset key={at.dataset} dataset={at.dataset} />;
}

function Dataset({ dataset }: { dataset: string }) {
  const trends = useAnswer({ key: ["trends", dataset], ask: () => call("trends", { dataset }) });
  const { answer } = trends;
  const last = answer?.snapshots.at(-1);
  const first = answer?.snapshots[0];
  return (
    <div className={`view ${css.view}`}>
      <header className={css.head}>
        <h1>Trends</h1>
        <p className="small t2"><Verbatim>{dataset}</Verbatim>{first && last && (first === last ? `, snapshot ${first.snapshot} of ${date(first.created)}` : `, snapshots ${first.snapshot} to ${last.snapshot}, ${date(first.created)} to ${date(last.created)}`)}</p>
        <span className="gap" />
        <Button onPress={() => runCommand("go.compare")}>Compare two snapshots</Button>
      </header>
      {!answer ? <Working of={trends} what={`Following the signs of ${dataset}…`} doing="Following the snapshots" />
        : answer.signs.length === 0 ? <Empty title="Nothing is measured yet">A sign needs one measured snapshot, and a second one to move.</Empty>
        : <Signs dataset={dataset} trends={answer} />}
    </div>
  );
}

function Signs({ dataset, trends }: { dataset: string; trends: Trends }) {
  const { place, keep } = useNavigation();
  const signs = orderedSigns(trends);
  const at = Math.max(0, signs.findIndex((sign) => signKey(sign) === place.state.sign));
  const sign = signs[at]!;
  const step = (by: 1 | -1) => {
    const next = signs[at + by];
    if (next) keep({ sign: signKey(next) });
  };
  useCommands({ "trends.next": { run: () => step(1) }, "trends.previous": { run: () => step(-1) } });
  const [none, small, medium] = trends.sizes;
  return (
    <div className={css.body}>
      <section className={css.list} aria-label="Warning signs">
        <SectionHead title="Warning signs" gloss={`${counted(signs.length, "sign")}, worse first by the last step`} />
        <SignList dataset={dataset} trends={trends} signs={signs} chosen={signKey(sign)} onChoose={(key) => keep({ sign: key })} />
        <p className={css.words}>An effect below {none} is called none, below {small} small, below {medium} medium, above it large. <button type="button" className="link" onClick={() => runCommand("app.settings")}>Change these bounds</button></p>
      </section>
      <div className={css.one}>
        <SignChart dataset={dataset} trends={trends} sign={sign} />
        <SignStep trends={trends} sign={sign} />
      </div>
    </div>
  );
}

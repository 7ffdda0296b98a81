/// One job: the equation of seen, indexed and quarantined, the origin so far, the files, the quarantine.
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { OriginBar } from "@/components/origin_bar";
import { OriginGlyph } from "@/components/origin_glyph";
import { QuarantineEntry } from "@/components/quarantine_entry";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import { call, type Job, type JobFile } from "@/ipc";
import { codeWords } from "@/lib/codes";
import { useCommands } from "@/lib/commands";
import { bytes, count, counted, duration, percent, remaining, sentence } from "@/lib/format";
import { byOrigin, ORIGINS, sum } from "@/lib/origin";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import css from "./indexing.module.css";

const STAGES = ["composition", "duplication", "passages", "coverage", "diversity", "finishing"];

/** What the job is doing, in one line. */
export function stageWords(job: Job): string {
  const { stage, fraction } = job.progress;
  if (job.state === "queued") return "waits for its turn";
  if (job.state === "canceled") return "stopped on request; nothing of it was kept";
  if (job.state === "interrupted") return "interrupted; index again when you like";
  if (job.state === "succeeded") return job.new_snapshot === false ? "nothing had changed; no new snapshot was made" : `done in ${duration(job.elapsed_s)}`;
  if (stage === "walking") return "looking for files";
  if (stage === "reading") return "reading";
  if (stage === "origins") return `recomputing origins, ${percent(fraction, 0)}`;
  return `measuring ${stage}, ${percent(fraction, 0)}; step ${STAGES.indexOf(stage) + 1} of ${STAGES.length}`;
}

function headline({ kind, progress }: Job): string {
  const { files_total, files_carried } = progress;
  if (kind === "origins") return "Origins follow from the evidence of now; no file is read.";
  if (files_total === 0) return "Looking for files.";
  return `${counted(files_total, "file")} found${files_carried > 0 ? `, ${count(files_carried)} unchanged and carried over, ${count(files_total - files_carried)} to read` : ""}.`;
}

function Pace({ job }: { job: Job }) {
  const { files_done, files_total, bytes_done, bytes_total } = job.progress;
  return (
    <p className={css.pace}>
      {count(files_done)} of {counted(files_total, "file")}, {bytes(bytes_done)} of {bytes(bytes_total)}{job.bytes_per_s > 0 && job.state === "running" && job.progress.stage === "reading" ? `, ${bytes(job.bytes_per_s)}/s` : ""}<br />
      {job.state === "running" ? (job.left_s === null ? "how long it takes cannot be told yet" : `${remaining(job.left_s)} left`) : stageWords(job)}
    </p>
  );
}

function State({ file }: { file: JobFile }) {
  if (file.state === "reading") return <svg width="70" height="4" role="img" aria-label={percent(file.fraction, 0)}><rect width="70" height="4" rx="1" fill="var(--line)" /><rect width={70 * file.fraction} height="4" rx="1" fill="var(--ink)" /></svg>;
  if (file.state === "waiting") return "waiting";
  return <span className={css.done}><Icon name="check" />{file.state === "carried" && "carried over"}{file.quarantined > 0 && `${count(file.quarantined)} quarantined`}<span className="unseen">{file.state}</span></span>;
}

function FileName({ path }: { path: string }) {
  const at = path.lastIndexOf("/") + 1;
  return <Verbatim title={path}><span className="t2"><Visible text={path.slice(0, at)} /></span>{path.slice(at)}</Verbatim>;
}

function Files({ job }: { job: Job }) {
  const of = (state: JobFile["state"]) => job.files.filter((file) => file.state === state).length;
  const gloss = [`${of("reading")} reading`, `${job.progress.files_refused} refused`, `${job.progress.files_done} done`].join(", ");
  return (
    <section className={css.files} aria-label="Files">
      <SectionHead title="Files" gloss={gloss}>{job.progress.files_total > job.files.length && <span className="small t3">latest {count(job.files.length)} of {count(job.progress.files_total)}</span>}</SectionHead>
      <div className={css.scroll}>
        <table aria-label="Files">
          <colgroup><col /><col className={css.as} /><col className={css.size} /><col className={css.records} /><col className={css.state} /></colgroup>
          <thead><tr><th scope="col">file</th><th scope="col">read as</th><th scope="col" className="num">size</th><th scope="col" className="num">records</th><th scope="col">state</th></tr></thead>
          <tbody>
            {job.files.map((file) => (
              <tr key={file.path} className={file.state === "waiting" ? css.waiting : undefined}>
                <td><FileName path={file.path} /></td>
                {file.state === "refused" ? <td colSpan={4} className={css.why} title={file.message ?? undefined}><Icon name="cross" /><Visible text={file.message ?? ""} /></td> : (
                  <>
                    <td className="t2">{file.read_as}</td>
                    <td className="num t2">{bytes(file.bytes)}</td>
                    <td className="num">{file.records > 0 ? count(file.records) : ""}</td>
                    <td><State file={file} /></td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Quarantined({ job }: { job: Job }) {
  const most = Math.max(1, ...job.quarantine_counts.map((one) => one.count));
  return (
    <section className={css.quarantine} aria-label="Quarantined">
      <SectionHead title="Quarantined" gloss={job.progress.quarantined === 0 ? "none so far" : `${counted(job.progress.quarantined, "record")}; none guessed at`} />
      {job.quarantine_counts.length === 0 ? <p className="small t2">A record that cannot be read is set aside here with its file, line and reason. It costs nothing but itself.</p> : (
        <table className={css.counts} aria-label="Quarantined by reason">
          <tbody>
            {job.quarantine_counts.slice(0, 8).map((one) => (
              <tr key={one.code}><th scope="row" title={one.meaning}>{codeWords(one.code)}</th><td><svg width="100%" height="9" aria-hidden="true"><rect width={`${Math.max(1.5, (one.count / most) * 82)}%`} height="9" fill="var(--chart-bar)" /></svg></td><td className="num">{count(one.count)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
      <ul className={css.entries}>{job.quarantine.slice(0, 50).map((record) => <QuarantineEntry key={`${record.path} ${record.line} ${record.byte_offset}`} record={record} />)}</ul>
    </section>
  );
}

export function Content({ job }: { job: Job }) {
  const { workspace } = useSession();
  const { go } = useNavigation();
  const { progress } = job;
  const values = byOrigin(progress.tokens_by_origin);
  const total = sum(values);
  const active = job.state === "running" || job.state === "queued";
  const share = progress.bytes_total > 0 ? progress.bytes_done / progress.bytes_total : 0;
  const unread = progress.stage === "reading" && share > 0 ? total * (1 / share - 1) : progress.stage === "walking" ? 1 : 0;
  const before = workspace?.datasets.find((one) => one.name === job.dataset)?.snapshots.at(-1)?.number;
  const stop = () => void call("job_cancel", { id: job.id }).catch(report("Stopping the job"));
  const stopWords = before === undefined || !active ? "Stop" : `Stop, keep snapshot ${before}`;
  useCommands({ "indexing.stop": { run: stop, unavailable: active ? undefined : "it is not running" } });
  return (
    <div className={`view ${css.view}`}>
      <div className={css.head}>
        <h1>{active ? (job.kind === "origins" ? "Recomputing origins" : "Indexing") : job.state === "succeeded" ? "Indexed" : "Stopped"}</h1>
        <p className="small t2"><Verbatim>{job.dataset}</Verbatim>. {headline(job)}</p>
        <span className="gap" />
        {active ? <Button icon="stop" onPress={stop}>{stopWords}</Button> : <Button kind="ink" onPress={() => go("overview")}>Open the overview</Button>}
      </div>
      <div className={css.sum}>
        <div className={css.equation} role="status" aria-label={`${count(progress.seen)} seen, ${count(progress.indexed)} indexed, ${count(progress.quarantined)} quarantined; ${stageWords(job)}`}>
          <b>{count(progress.seen)}</b><span>seen</span><span className={css.sign}>=</span><b>{count(progress.indexed)}</b><span>indexed</span><span className={css.sign}>+</span><b>{count(progress.quarantined)}</b><span>quarantined</span>
          <span className="gap" />
          <Pace job={job} />
        </div>
        <p className={css.origins}>
          <span>Origin so far</span>
          {total > 0 && ORIGINS.map((origin) => <span key={origin} className={css.origin}><OriginGlyph origin={origin} /><b>{sentence(origin)} {percent(values[origin] / total)}</b></span>)}
          <span className="gap" /><span>{unread > 0 ? "not yet read" : stageWords(job)}</span>
        </p>
        <OriginBar values={total > 0 ? values : { human: 0, mixed: 0, machine: 0, unknown: 0 }} height={18} label="Origin so far" unread={unread} />
      </div>
      <Files job={job} />
      <Quarantined job={job} />
    </div>
  );
}

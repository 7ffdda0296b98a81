/// The queues: what each draws from, how far it is, and what it says so far.
import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { Empty, Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { call, type QueueInfo } from "@/ipc";
import { inQueue } from "@/lib/behind";
import { count, counted, date, percent, percentNumber, sentence } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useOpenDrawn } from "@/lib/queued";
import { designWords, enoughWhy, tierMark } from "./design";
import { QueueActs } from "./queue_acts";
import css from "./queues.module.css";

const BAR = 160;

export function Queues({ onOpen, onNew, onPractise }: { onOpen(queue: string): void; onNew(): void; onPractise(): void }) {
  const { go } = useNavigation();
  const queues = useQuery({ queryKey: ["queues"], queryFn: () => call("queues"), staleTime: 0 });
  if (queues.isError) return <Faulted view="Review" doing="Opening the queues" cause={queues.error} safe="Every answer is on disk." onRetry={() => void queues.refetch()} />;
  if (!queues.data) return <Loading view="Review" what="Opening the queues…" />;
  const left = queues.data.reduce((sum, each) => sum + each.left, 0);
  return (
    <div className={`view ${css.queues}`}>
      <header className={css.head}>
        <h1>Review</h1>
        <p className="small t2">{queues.data.length > 0 && `${counted(left, "sample")} left for you in ${counted(queues.data.length, "queue")}.`}</p>
        <span className="gap" />
        <Button kind="plain" onPress={() => go("agreement", {})}>Agreement</Button>
        <Button kind="plain" onPress={onPractise}>Practice</Button>
        <Button kind="plain" onPress={() => go("packs", {})}>Packs</Button>
        <Button kind="plain" onPress={() => go("rubrics", {})}>Rubrics</Button>
        <Button icon="plus" onPress={onNew}>New queue</Button>
      </header>
      {queues.data.length === 0 ? (
        <Empty title="No queue yet" action={<Button kind="ink" onPress={onNew}>New queue</Button>}>
          A queue is a list of samples drawn from a slice, frozen with its seed before anyone opens it. Draw one, and review begins.
        </Empty>
      ) : (
        <ol className={css.list}>
          {queues.data.map((queue) => <Row key={queue.queue} queue={queue} onOpen={onOpen} />)}
        </ol>
      )}
    </div>
  );
}

function Row({ queue, onOpen }: { queue: QueueInfo; onOpen(queue: string): void }) {
  const openDrawn = useOpenDrawn();
  const answered = queue.size - queue.left;
  const [tier, enough] = [tierMark(queue), enoughWhy(queue)];
  const word = queue.left === 0 ? "Look again" : answered === 0 ? "Begin" : "Continue";
  return (
    <li className={css.row} aria-label={queue.name}>
      <div className={css.what}>
        <h2><Verbatim>{queue.name}</Verbatim>{tier && <Badge icon="shield">{tier}</Badge>}</h2>
        <p className={css.statement}><Visible text={queue.statement} /></p>
        <p className="small t2">
          <Verbatim>{queue.dataset}</Verbatim>, snapshot {queue.snapshot}; {queue.filter ? <code className="code"><Visible text={queue.filter} /></code> : "all samples"}; rubric <Verbatim>{queue.rubric}</Verbatim>; drawn {date(queue.created)} by <Verbatim>{queue.created_by}</Verbatim>
        </p>
        <p className="small t2"><Verbatim>{sentence(designWords(queue))}.</Verbatim></p>
      </div>
      <div className={css.work}>
        <svg width={BAR} height="4" viewBox={`0 0 ${BAR} 4`} role="img" aria-label={`${count(answered)} of ${count(queue.size)} answered`}>
          <rect width={BAR} height="4" rx="2" fill="var(--line)" />
          <rect width={(BAR * answered) / Math.max(1, queue.size)} height="4" rx="2" fill="var(--ink)" />
        </svg>
        <p><b className="strong">{count(queue.left)}</b> of <button type="button" className="link" aria-label={`${counted(queue.size, "sample")} in ${queue.name}: open`} onClick={() => openDrawn(queue, inQueue(queue.name))}>{count(queue.size)}</button> left</p>
        <p className="small t2">
          {queue.estimate ? `${percent(queue.estimate.value)} excluded, ${percentNumber(queue.estimate.low)}–${percent(queue.estimate.high)}` : queue.order === "random" ? "no estimate before the first answer" : "picked, not drawn: no estimate"}
        </p>
        {enough && <p className={css.enough}><b>Enough was read:</b> {enough}</p>}
      </div>
      <div className={css.acts}>
        <Button kind={queue.left > 0 ? "ink" : "outlined"} label={`${word}: ${queue.name}`} onPress={() => onOpen(queue.queue)}>{word}</Button>
        <QueueActs queue={queue} />
      </div>
    </li>
  );
}

/// Agreement: how far reviewers agree beyond what chance would give, in one queue or in all that one may know of.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Select } from "@/components/select";
import { Empty, Faulted, Loading } from "@/components/states";
import { type AgreementView, call } from "@/ipc";
import { counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import css from "./agreement.module.css";
import { ByCriterion } from "./criteria";
import { ByPair, ByValue, Coefficients } from "./figures";

export function View() {
  const { place } = useNavigation();
  const { person } = useSession();
  const queue = place.state.queue ?? null;
  // What may be known depends on who asks.
  const agreement = useQuery({ queryKey: ["agreement", person?.name, queue], queryFn: () => call("agreement", { queue }), staleTime: 0 });
  return (
    <div className={`view ${css.view}`}>
      <Head sealed={agreement.data?.sealed_queues ?? 0} />
      {agreement.isError ? <Faulted doing="Measuring agreement" cause={agreement.error} safe="Every answer is on disk." onRetry={() => void agreement.refetch()} />
        : !agreement.data ? <Loading what="Measuring agreement. Its intervals take a moment…" />
        : agreement.data.verdicts.ratings === 0 ? <Nothing view={agreement.data} one={queue !== null} />
        : <Content view={agreement.data} />}
    </div>
  );
}

/** `2 queues are left out: you review in them, blind.` */
export function sealedWords(queues: number): string {
  return `${counted(queues, "queue is", "queues are")} left out: you review in ${queues === 1 ? "it" : "them"}, blind.`;
}

function Head({ sealed }: { sealed: number }) {
  const { place, keep, go } = useNavigation();
  const queues = useQuery({ queryKey: ["queues"], queryFn: () => call("queues"), staleTime: 0 });
  return (
    <header className={css.head}>
      <h1>Agreement</h1>
      <p className="small t2">{sealed > 0 && place.state.queue === undefined && sealedWords(sealed)}</p>
      <span className="gap" />
      <Select
        label="Queue" unlabelled className={css.queue} value={place.state.queue ?? ""}
        options={[{ value: "", label: "All queues" }, ...(queues.data ?? []).map((each) => ({ value: each.queue, label: each.name }))]}
        onChange={(queue) => keep({ queue: queue || undefined })}
      />
      <Button onPress={() => go("adjudicate")}>Adjudicate</Button>
    </header>
  );
}

function Nothing({ view, one }: { view: AgreementView; one: boolean }) {
  const { go } = useNavigation();
  if (view.sealed_queues > 0) {
    return <Empty title="Sealed for you" action={<Button onPress={() => go("review")}>Go to Review</Button>}>{one ? "You review in this queue, blind: how far the others agree with you would tell what they said." : sealedWords(view.sealed_queues)}</Empty>;
  }
  return (
    <Empty title="No answers yet" action={<Button onPress={() => go("review")}>Go to Review</Button>}>
      Agreement is measured on samples that two people or more have read. A queue with two reviewers for each sample makes them.
    </Empty>
  );
}

function Content({ view }: { view: AgreementView }) {
  return (
    <div className={css.content}>
      <p className={`small t2 ${css.lead}`}>No one figure tells it all: percent agreement flatters where one value is common, kappa and alpha fall there. Intervals are a bootstrap over samples, 95{"\u00a0"}%; nothing is gated on kappa or alpha alone.</p>
      <div className={css.column}>
        <Coefficients title="Verdicts" figures={view.verdicts} />
        <ByValue title="Verdict by verdict" figures={view.verdicts} />
        <ByPair title="Two by two, on verdicts" figures={view.verdicts} />
      </div>
      <div className={css.column}>
        <ByCriterion criteria={view.criteria} />
        <Coefficients title="Origin" figures={view.origin} />
        <ByValue title="Origin by origin" figures={view.origin} />
      </div>
    </div>
  );
}

/// What a file is and would bring, before anything is recorded; and what it brought.
import type { ReactNode } from "react";
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { PackLook, ReturnOutcome } from "@/ipc";
import { count, counted, date, sentence } from "@/lib/format";
import { useSession } from "@/lib/session";
import { disputeWords, stopMeans } from "./outcome";
import css from "./packs.module.css";

interface Looked {
  look: PackLook;
  outcome: ReturnOutcome;
}

export function PackWords({ look }: { look: PackLook }) {
  const { workspace, person } = useSession();
  return (
    <>
      <h3 className={css.queueName} dir="auto"><Visible text={look.queue_name} /></h3>
      <p>
        {counted(look.count, "sample")} to read, {look.blind ? "blind to what others answer" : "open to what others answer"}. The pack holds their text, the rubric and their frozen order. It holds nobody’s answers.
      </p>
      <Facts look={look} />
      <Seen look={look} />
      {look.seen === "contradicts" ? null : look.opened_before ? (
        <p className={css.note} role="status"><Icon name="check" />Opened here before. Opening it again changes nothing.</p>
      ) : (
        <ul className={css.follows}>
          <li>{workspace ? <>It is opened in the workspace <b><Verbatim>{workspace.name}</Verbatim></b>. To keep it apart, close the workspace first.</> : "A workspace is made for it, named after its queue."}</li>
          {person?.name !== look.person && <li>You are <b><Verbatim>{look.person}</Verbatim></b> at this window from then on.</li>}
          <li>What is answered goes back as a return, written from Packs.</li>
        </ul>
      )}
    </>
  );
}

export function ReturnWords({ look, outcome }: Looked) {
  return (
    <>
      <h3 className={css.queueName} dir="auto"><Visible text={look.queue_name} /></h3>
      <p>What <Verbatim>{look.person}</Verbatim> did in this queue: {counted(look.count, "act")}. Nothing is recorded yet.</p>
      <Counts outcome={outcome} words={["new", "taken in before", "left out"]} />
      <Stop look={look} outcome={outcome} />
      {outcome.new > 0 && <p className={css.note}>{outcome.newly_disputed > 0 && <Icon name="adjudicate" />}{disputeWords(outcome, false)}</p>}
      {outcome.new === 0 && !outcome.stopped && <p className={css.note} role="status"><Icon name="check" />All of it was taken in before. Taking it in again changes nothing.</p>}
      <From look={look} outcome={outcome} />
      <Facts look={look} />
    </>
  );
}

export function ReturnTaken({ look, outcome }: Looked) {
  return (
    <>
      <h3 className={css.queueName} dir="auto"><Visible text={look.queue_name} /></h3>
      <p role="status">
        {outcome.new > 0 ? <>{counted(outcome.new, "act")} of <Verbatim>{look.person}</Verbatim> taken in.</> : outcome.stopped === "forks" ? "The fork is on record." : "Nothing was new."}
      </p>
      <Counts outcome={outcome} words={["taken in now", "taken in before", "left out"]} />
      <Stop look={look} outcome={outcome} />
      <p className={css.note}>{outcome.disputed > 0 && <Icon name="adjudicate" />}{disputeWords(outcome, true)}</p>
    </>
  );
}

/** What the signed head of the ledger that issued the pack is here. */
function Seen({ look }: { look: PackLook }) {
  if (look.seen === null || look.head === null) return null;
  if (look.seen === "contradicts") {
    return (
      <div className={css.stop} role="alert">
        <Icon name="warning" />
        <div>
          <p><b>The ledger of <Verbatim>{look.issued_by}</Verbatim> is not the one that was seen here before.</b></p>
          <p>Entries that stood in it have changed or are gone, so the pack is not opened here. Ask what became of that ledger; in a workspace of its own the pack opens.</p>
        </div>
      </div>
    );
  }
  const means: Record<string, string> = {
    first: "A signed return sends it back with your signature, so that it cannot be rewritten without your key.",
    continues: "It continues what was seen here before. A signed return sends it back with your signature.",
    unproven: "It brings no proof that it continues what was seen here before, so it does not go back with your signature.",
  };
  return <p className={css.note}><Icon name="shield" />It carries a signed head of its ledger, over {counted(look.head, "entry", "entries")}. {means[look.seen]}</p>;
}

/** Whose return it is, by its signature. */
function From({ look, outcome }: Looked) {
  const author: Record<string, ReactNode> = {
    unsigned: <>Not signed: it shows that it is whole, not from whom it is.</>,
    known: <>Signed with the key of <Verbatim>{look.person}</Verbatim>.</>,
    new_key: <>Signed with a key that is new here, and taken in with it. Ask <Verbatim>{look.person}</Verbatim> whether it is theirs: <span className="code">{outcome.fingerprint}</span>.</>,
  };
  return (
    <p className={css.note}>
      <Icon name={outcome.author === "unsigned" ? "warning" : "shield"} />{author[outcome.author]}
      {outcome.cosigned !== null && <> The first {counted(outcome.cosigned, "entry", "entries")} of this ledger come back with a second signature.</>}
    </p>
  );
}

function Counts({ outcome, words }: { outcome: ReturnOutcome; words: readonly [string, string, string] }) {
  const values = [outcome.new, outcome.known, outcome.left_out];
  return (
    <dl className={css.counts}>
      {words.map((word, i) => <div key={word} className={i === 2 && outcome.left_out > 0 ? css.some : undefined}><dt>{word}</dt><dd>{count(values[i]!)}</dd></div>)}
    </dl>
  );
}

function Stop({ look, outcome }: Looked) {
  if (!outcome.stopped) return null;
  return (
    <div className={css.stop}>
      <Icon name="warning" />
      <div>
        <p><b>{outcome.why ? `${sentence(outcome.why)}.` : "Some acts are left out."}</b></p>
        <p><Visible text={stopMeans(outcome.stopped, look.person)} /></p>
      </div>
    </div>
  );
}

function Facts({ look }: { look: PackLook }) {
  const facts: [string, ReactNode][] = [
    [look.brings ? "From" : "For", <><Verbatim>{look.person}</Verbatim>{look.role && `, ${look.role}`}</>],
    ["Issued", <>{date(look.issued)} by <Verbatim>{look.issued_by}</Verbatim></>],
    ["Dataset", <><Verbatim>{look.dataset}</Verbatim>, snapshot {count(look.snapshot)}</>],
    ["Rubric", <Verbatim key="rubric">{look.rubric}</Verbatim>],
  ];
  return <dl className={css.facts}>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

/// Packs: queues that went to other machines, what came back, and queues that came here in a pack.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type PackInfo } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { counted } from "@/lib/format";
import { choosePacks } from "@/lib/pack_file";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import { MakeDialog } from "./make_dialog";
import { PackTable } from "./pack_table";
import css from "./packs.module.css";

const open = () => void choosePacks().catch(report("Choosing a pack"));

export function View() {
  const { place, keep } = useNavigation();
  const { person } = useSession();
  const packs = useQuery({ queryKey: ["packs"], queryFn: () => call("packs"), staleTime: 0 });
  const whyNot = makingUnavailable(person?.role);
  const make = () => keep({ make: "" });
  useCommands({ "packs.make": { run: make, unavailable: whyNot } });
  if (packs.isError) return <Faulted view="Packs" doing="Opening the packs" cause={packs.error} safe="Every answer is on disk." onRetry={() => void packs.refetch()} />;
  if (!packs.data) return <Loading view="Packs" what="Opening the packs…" />;
  const issued = packs.data.filter((pack) => pack.issued);
  const opened = packs.data.filter((pack) => !pack.issued);
  return (
    <div className={`view ${css.packs}`}>
      <header className={css.head}>
        <h1>Packs</h1>
        <p className="small t2">{packs.data.length > 0 && summary(packs.data)}</p>
        <span className="gap" />
        <Button icon="folder" onPress={open}>Open a pack or a return…</Button>
        <Button kind="ink" icon="export" unavailable={whyNot} onPress={make}>Make a pack…</Button>
      </header>
      {packs.data.length === 0 ? (
        <Empty title="No pack yet" action={<Button onPress={open}>Open a pack or a return…</Button>}>
          A pack takes a queue to an expert on another machine, without network: a file there, a file back. Make one from a queue, or open one that was sent to you.
        </Empty>
      ) : (
        <div className={css.body}>
          {issued.length > 0 && <PackTable title="Issued from here" gloss="What peers did in a queue that you review blind yourself is not counted here." packs={issued} />}
          {opened.length > 0 && <PackTable title="Opened here" gloss="Answered here; what was done goes back as a return. Write it as often as you like: each holds all that came before." packs={opened} />}
        </div>
      )}
      {place.state.make !== undefined && <MakeDialog queue={place.state.make} packs={packs.data} onClose={() => keep({ make: undefined })} />}
    </div>
  );
}

/** Why this person makes no packs. */
export function makingUnavailable(role: string | undefined): string | undefined {
  if (!role) return "choose who you are first";
  return role === "expert" ? "only curators and leads make packs" : undefined;
}

function summary(packs: readonly PackInfo[]): string {
  const forked = packs.filter((pack) => pack.quarantined_from !== null).length;
  return `${counted(packs.length, "pack")}${forked > 0 ? `, ${counted(forked, "of them forked", "of them forked")}` : ""}.`;
}

/// Adjudicate: samples on which reviewers differ, the worst first, settled by someone who answers first and looks afterwards.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { asFault } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { Room } from "./room";
import { disputesQuery } from "./use_session";

export function View() {
  const { person } = useSession();
  if (!person) return <Nobody />;
  return <Adjudicate key={person.name} person={person.name} />;
}

function Nobody() {
  return (
    <Empty view="Adjudicate" title="Who are you?" action={<Button kind="ink" onPress={() => runCommand("app.person")}>Choose who you are</Button>}>
      Whoever settles a dispute answers for it by name. Curators and leads may, for samples that they did not review.
    </Empty>
  );
}

function Adjudicate({ person }: { person: string }) {
  const disputes = useQuery(disputesQuery(person));
  if (disputes.isError) {
    const { code } = asFault(disputes.error, "opening the disputes");
    if (code === "not_allowed") return <ForOthers />;
    if (code === "unknown_person") return <Nobody />;
    return <Faulted view="Adjudicate" doing="Opening the disputes" cause={disputes.error} safe="Every answer is on disk." onRetry={() => void disputes.refetch()} />;
  }
  if (!disputes.data) return <Loading view="Adjudicate" what="Opening the disputes…" />;
  return <Room disputes={disputes.data} person={person} again={() => void disputes.refetch()} />;
}

function ForOthers() {
  const { go } = useNavigation();
  return (
    <Empty view="Adjudicate" title="Curators and leads adjudicate" action={<><Button onPress={() => go("review")}>Go to Review</Button><Button kind="plain" onPress={() => runCommand("app.person")}>Change person…</Button></>}>
      Where reviewers differ, a curator or lead who reviewed nothing of it answers first and then settles it. Your own answers stand as you gave them.
    </Empty>
  );
}

/// Which Assay this is, and what is taken away from the process that reads data.
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/components/dialog";
import { Icon } from "@/components/icon";
import { Faulted, Loading } from "@/components/states";
import { type About, call } from "@/ipc";
import css from "./about_dialog.module.css";

export function AboutDialog({ onClose }: { onClose(): void }) {
  const about = useQuery({ queryKey: ["about"], queryFn: () => call("about") });
  return (
    <Dialog open title="About Assay" onClose={onClose}>
      {about.isPending ? <Loading what="Asking the process that reads data…" /> : about.isError ? <Faulted doing="Asking the process that reads data" cause={about.error} onRetry={() => void about.refetch()} /> : <Told about={about.data} />}
    </Dialog>
  );
}

function Told({ about }: { about: About }) {
  return (
    <div className={css.about}>
      <p>Assay {about.version}, under {about.licence}. No network is used: nothing leaves this machine, nothing is fetched, and sources are never changed.</p>
      <h3>The process that reads data</h3>
      <ul>
        {about.reader.map(({ what, holds }) => (
          <li key={what} className={holds ? undefined : css.lacking}><Icon name={holds ? "check" : "cross"} /><span>{what}{holds ? "" : ": not on this machine"}</span></li>
        ))}
      </ul>
      <p className="small t2">A file that makes it fail costs that file; the rest is read. What a system cannot take away is said here, and data is read all the same.</p>
    </div>
  );
}

/// The window: rail, top bar, the view, status bar, and the overlays above them.
import { Suspense, useLayoutEffect } from "react";
import { Empty, Loading } from "@/components/states";
import { sentence } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { ErrorBoundary } from "./error_boundary";
import { Overlays } from "./overlays";
import { Rail } from "./rail";
import css from "./shell.module.css";
import { StatusBar } from "./status_bar";
import { TroubleStrip } from "./trouble_strip";
import { TopBar } from "./top_bar";
import { viewFor } from "./views";

/** Views that give the text all the width they can. */
const FOCUSED = new Set(["review", "adjudicate"]);

export function Shell() {
  const { workspace } = useSession();
  return workspace ? <OpenWorkspace /> : <NoWorkspace />;
}

function NoWorkspace() {
  const FirstRun = viewFor("firstrun" as never);
  return (
    <>
      <Suspense fallback={<Loading what="Starting…" />}>{FirstRun && <FirstRun />}</Suspense>
      <TroubleStrip />
      <Overlays scope="anywhere" />
    </>
  );
}

function OpenWorkspace() {
  const { place } = useNavigation();
  const { dataset, snapshot } = useSession();
  const View = viewFor(place.view);
  // In a small window the page itself scrolls: another view begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view's name is what changes.
  useLayoutEffect(() => {
    document.documentElement.scrollTop = 0;
    document.body.scrollTop = 0;
  }, [place.view]);
  return (
    <div className={FOCUSED.has(place.view) ? `${css.window} ${css.narrow}` : css.window}>
      <Rail />
      <TopBar />
      <main className={css.view} aria-label={sentence(place.view)}>
        <ErrorBoundary key={place.view} doing={`Showing ${place.view}`}>
          <Suspense fallback={<Loading what={`Opening ${place.view}…`} />}>
            {View ? <View key={`${dataset?.name}@${snapshot?.number}`} /> : <Empty view={sentence(place.view)} title="Not in this version">This view belongs to a later version.</Empty>}
          </Suspense>
        </ErrorBoundary>
      </main>
      <TroubleStrip />
      <StatusBar />
      <Overlays scope={place.view} />
    </div>
  );
}

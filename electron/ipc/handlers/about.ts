import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import { checkForUpdate } from '../../about/updates';
import type { HandlerParts } from './parts';

/** Licences, and looking for updates where a person said that it may be done. */
export function aboutHandlers({ services: { updateFeed }, app }: HandlerParts): Handlers['about'] {
  return {
    licences: ({ text }) => app.about.licences.find(text),
    licence: ({ id }) => app.about.licences.text(id),
    feed: () => updateFeed.load(),
    setFeed: (feed) => updateFeed.save(feed),
    check: () => {
      const { feed } = updateFeed.load();
      return feed === null ? fail('update-address') : checkForUpdate({ feed, current: app.info().version });
    },
  };
}

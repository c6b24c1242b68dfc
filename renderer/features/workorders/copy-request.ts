import type { PlannedRequest } from '../../../shared/model/plan';

/** A request as it is shown and copied; its secrets are masked already. */
export function requestText({ method, url, body }: PlannedRequest): string {
  return `${method} ${url}\n\n${body}`;
}

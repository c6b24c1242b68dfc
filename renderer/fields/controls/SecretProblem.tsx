import { ProblemAlert } from '../../ui/ProblemAlert';
import css from '../fields.module.css';
import type { useCopySecret } from '../useCopySecret';
import type { useReveal } from '../useReveal';

/** Why a secret could not be revealed or copied. */
export function SecretProblem({
  reveal,
  copying,
}: {
  reveal: ReturnType<typeof useReveal>;
  copying: ReturnType<typeof useCopySecret>;
}) {
  const problem = reveal.problem ?? copying.problem;
  if (!problem) return null;
  return (
    <div className={css.controlProblem}>
      <ProblemAlert problem={problem} onClose={reveal.problem ? reveal.hide : copying.forget} />
    </div>
  );
}

import type { BulkRule } from '../../../shared/bulk/rule';
import type { ConnectionId } from '../../../shared/model/connection';
import { ReplaceRule } from './rules/ReplaceRule';
import type { RuleControlProps } from './rules/rule-control';
import { SecretSetRule } from './rules/SecretSetRule';
import { SeriesRule } from './rules/SeriesRule';
import { SetRule } from './rules/SetRule';
import { CopyRule, DaysRule, EntryRule, GenerateRule, SameRule } from './rules/SmallRules';
import { TextRule } from './rules/TextRule';

/** The control that a rule asks for. */
export function RuleControl(
  props: RuleControlProps<BulkRule['rule']> & {
    connectionId: ConnectionId | null;
    /** A secret is stored in the rule. */
    stored: boolean;
    typing: boolean;
  },
) {
  const { rule } = props;
  switch (rule.rule) {
    case 'set':
      return props.spec.secret ? (
        <SecretSetRule {...props} rule={rule} />
      ) : (
        <SetRule {...props} rule={rule} />
      );
    case 'series':
      return <SeriesRule {...props} rule={rule} />;
    case 'text':
      return <TextRule {...props} rule={rule} />;
    case 'replace':
      return <ReplaceRule {...props} rule={rule} />;
    case 'copy':
      return <CopyRule {...props} rule={rule} />;
    case 'same':
      return <SameRule {...props} rule={rule} />;
    case 'generate':
      return <GenerateRule {...props} rule={rule} />;
    case 'add':
    case 'remove':
      return <EntryRule {...props} rule={rule} />;
    case 'days':
      return <DaysRule {...props} rule={rule} />;
  }
}

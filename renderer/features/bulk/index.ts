/** What other screens show of rules for many records. */
export { LiveCount } from './LiveCount';
export { RuleField } from './RuleField';

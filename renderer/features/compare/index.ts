/** Records side by side, opened from elsewhere. */
export { mostCompared, openCompare } from './items';

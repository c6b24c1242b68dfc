import { z } from 'zod';
import { commonModes, names, yesNo } from './modes-common.ts';

/** Every case that api/simotel.md marks `?`, `C` or `I`, as a switch. Defaults are the documented or likeliest case. */
export const simotelModes = z.strictObject({
  ...commonModes,
  apiVersion: z.string().default('v4').describe("The version in the path; any other gets Apache's HTML 404"),
  authMode: z.enum(['basic', 'apikey', 'both']).default('basic').describe('What the API account asks for'),
  authBoth: z
    .enum(['required', 'either'])
    .default('required')
    .describe('With authMode both: both headers are needed, or either is enough'),
  credentials: z
    .enum(['valid', 'revoked'])
    .default('valid')
    .describe('revoked: even the right ones get 401 "is invalid"'),
  ipPermitted: yesNo.default('yes').describe('no: 403 "IP is not permitted"'),
  deniedPaths: names
    .default([])
    .describe('Paths without a tick (as /pbx/users/update): 403 "<path>";Access denied'),
  missingPaths: names.default([]).describe('Paths that this server does not have yet: 501'),
  alikeFalse: z
    .enum(['exact', 'ignored'])
    .default('exact')
    .describe('alike:false in a search: an exact match, or taken for true'),
  emptyObject: z
    .enum(['object', 'array', 'null', 'string', 'absent'])
    .default('object')
    .describe('How a forward_policy without entries is told; PHP writes []'),
  secretOnRead: z
    .enum(['clear', 'masked'])
    .default('clear')
    .describe('masked: search gives ****** as the docs do'),
  writeMaskedSecret: z
    .enum(['store', 'ignore'])
    .default('store')
    .describe('A secret of asterisks only: stored as it is, or left alone'),
  emptySearch: z
    .enum(['array', 'null', 'string', 'object'])
    .default('array')
    .describe('What `data` is when nothing was found'),
  successForm: z
    .enum(['number', 'string', 'boolean'])
    .default('number')
    .describe('success: 1, "1" or true (failures: 0, "0" or false)'),
  addShape: z
    .enum(['status', 'record', 'id'])
    .default('id')
    .describe('Answer to add: {status,user_id}, data:{record} or data:{_id}'),
  updateAnswerOld: z
    .enum(['none', 'old'])
    .default('none')
    .describe('old: an update answers old:{…}, Mongo extended JSON with the secret in clear'),
  unknownIdUpdate: z
    .enum(['fail', 'silent'])
    .default('fail')
    .describe('Update or remove of a missing _id: success:0, or success and nothing stored'),
  duplicateNumbers: z.enum(['refuse', 'allow']).default('refuse').describe('A number that another user has'),
  acceptsDateQueues: z
    .enum(['ignore', 'fail'])
    .default('ignore')
    .describe('The read-only date and queues in a write'),
  descriptionWritable: yesNo.default('yes').describe('no: description is silently dropped'),
  forwardPolicyWrite: z
    .enum(['replace', 'merge'])
    .default('replace')
    .describe('Forward keys left out of a written policy: emptied, or kept'),
  moreOptionsNewline: z
    .enum(['keep', 'lf', 'crlf'])
    .default('keep')
    .describe('What happens to line ends in more_options on a write'),
  validation: z
    .enum(['lenient', 'strict'])
    .default('lenient')
    .describe('strict: values outside the listed ones get success:0'),
});

export type SimotelModes = z.infer<typeof simotelModes>;

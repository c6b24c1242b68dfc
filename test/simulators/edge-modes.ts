import { z } from 'zod';
import { commonModes, yesNo } from './modes-common.ts';

/**
 * Every case that api/edge.md marks `?`, `C` or leaves open, as a switch. Defaults are the vendor's or the likeliest.
 */
export const edgeModes = z.strictObject({
  ...commonModes,
  unknownFields: z
    .enum(['store', 'drop'])
    .default('drop')
    .describe('Written fields that the API notes do not list: stored, or silently dropped'),
  basePath: z.string().default('/v1/api').describe('Where the API lives; resold brands differ'),
  updateMethod: z
    .enum(['POST', 'PUT', 'either'])
    .default('POST')
    .describe('The method of /user/update; the other gets 405'),
  account: z
    .enum(['reseller', 'forbidden', 'ordinary'])
    .default('reseller')
    .describe('forbidden: the users family gets 403; ordinary: it is empty and only check_token tells'),
  credentials: z
    .enum(['valid', 'revoked'])
    .default('valid')
    .describe('revoked: even the right ones get 401 with 400-1'),
  apiKeyAccepted: z
    .enum(['all', 'reads', 'none'])
    .default('all')
    .describe('reads: an API key is refused (403) for updates, a token is not'),
  tokenExpiresAfter: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('The token gets 401 after so many requests; 0 is never'),
  tokenExpiresAt: z
    .string()
    .default('')
    .describe('The token gets 401 from this ISO instant on; empty is never'),
  maxPerPage: z.number().int().min(1).default(1000).describe('The largest per_page'),
  overMaxPerPage: z
    .enum(['cap', 'refuse'])
    .default('cap')
    .describe('A larger per_page: cut to the largest, or 422'),
  metaNumbers: z
    .enum(['number', 'string'])
    .default('number')
    .describe('Paging numbers in meta as numbers or as text'),
  emptyFilter: z
    .enum(['refuse', 'matchNone', 'ignore'])
    .default('refuse')
    .describe('An empty filter value: 422, finds nobody, or as if it was not sent'),
  readTypes: z
    .enum(['differ', 'same'])
    .default('differ')
    .describe('differ: parent, mobile and credit have other types in list than in show'),
  expireForm: z
    .enum([
      'text',
      'datetime',
      'epoch',
      'epochTehran',
      'milliseconds',
      'iso',
      'isoOffset',
      'jalali',
      'zero',
      'null',
    ])
    .default('text')
    .describe(
      'How expire_time is read: a day, or a moment in one of these forms; zero: 0000-00-00 for none; null: never told',
    ),
  expireClear: z
    .enum(['none', 'null', 'empty', 'both'])
    .default('none')
    .describe('What clears expire_time: nothing, null, "", or both'),
  tellNormalised: yesNo.default('yes').describe('tell "021…" is stored and read as "+9821…"'),
  isBoughtPanelForm: z
    .enum(['string', 'number'])
    .default('string')
    .describe('is_bought_panel is read as "1" or 1'),
  nameKey: z
    .enum(['both', 'name', 'name_family'])
    .default('both')
    .describe('Which of name and name_family an update listens to; the other is dropped'),
  nameLocked: z
    .enum(['refuse', 'ignore', 'off'])
    .default('refuse')
    .describe('A name from the civil registry: a change gets 422, is silently dropped, or is stored'),
  ok200fail: yesNo.default('no').describe('yes: failures come as HTTP 200 with meta.status false'),
  errorsPlace: z.enum(['meta', 'root']).default('meta').describe('Where the field errors sit'),
  invalidForm: z
    .enum(['422-1', '400-2'])
    .default('422-1')
    .describe('The message_code of a 422; with 400-2 the message joins all field errors'),
  passwordRule: z
    .enum(['enforced', 'off'])
    .default('enforced')
    .describe('8 or more with upper, lower, digit and special, or 422'),
  aclMustExist: yesNo.default('yes').describe('An acl_id that no package has gets 422'),
  unknownUser: z
    .enum(['404', '422'])
    .default('404')
    .describe('An unknown user_id: 404 with 404-1, or 422 with 422-1'),
});

export type EdgeModes = z.infer<typeof edgeModes>;

import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { workOrderIdSchema } from '../model/change';
import { connectionIdSchema } from '../model/connection';
import { fieldNameSchema, remoteIdSchema } from '../model/record';

/* Inputs that many requests share. */

export const onConnection = z.strictObject({ connectionId: connectionIdSchema });
/** The records of one collection; of the kind's first one where it is left out. */
export const onRecords = onConnection.extend({ collection: collectionIdSchema.optional() });
export const onRecord = onRecords.extend({ remoteId: remoteIdSchema });
export const onField = onRecord.extend({ field: fieldNameSchema });
export const onWorkOrder = z.strictObject({ workOrderId: workOrderIdSchema });

import { z } from 'zod';
import { workOrderIdSchema } from '../model/change';
import { connectionIdSchema } from '../model/connection';
import { fieldNameSchema, remoteIdSchema } from '../model/record';

/* Inputs that many requests share. */

export const onConnection = z.strictObject({ connectionId: connectionIdSchema });
export const onRecord = onConnection.extend({ remoteId: remoteIdSchema });
export const onField = onRecord.extend({ field: fieldNameSchema });
export const onWorkOrder = z.strictObject({ workOrderId: workOrderIdSchema });

import { webcrypto } from 'node:crypto';
import {
  type Envelope,
  type EnvelopeCrypto,
  type EnvelopeKeys,
  makeEnvelopeKeys,
  open,
  type PublicKey,
  seal,
} from '../../shared/lib/envelope';
import { fail } from '../../shared/model/problem';

const crypto: EnvelopeCrypto = {
  subtle: webcrypto.subtle as SubtleCrypto,
  getRandomValues: (bytes) => webcrypto.getRandomValues(bytes),
};

/** Opens what the renderer sealed to this run's key, and seals what it asked to see. */
export class Envelopes {
  private constructor(
    private readonly keys: EnvelopeKeys,
    private readonly secret: (secret: string) => void,
  ) {}

  /**
   * New keys; once a start.
   * @param secret is told of everything that was in an envelope
   */
  static async make(secret: (secret: string) => void = () => undefined): Promise<Envelopes> {
    return new Envelopes(await makeEnvelopeKeys(crypto), secret);
  }

  get publicKey(): PublicKey {
    return this.keys.publicKey;
  }

  /** @throws ProblemError `invalid-input` where it was not sealed to this run */
  async open(envelope: Envelope): Promise<string> {
    try {
      const text = await open(crypto, this.keys, envelope);
      this.secret(text);
      return text;
    } catch {
      return fail('invalid-input', { field: 'envelope' });
    }
  }

  seal(to: PublicKey, text: string): Promise<Envelope> {
    this.secret(text);
    return seal(crypto, to, text);
  }
}

import type { KeychainReason } from './port';

/**
 * The messages that keytar passes on from the three systems. The Linux ones were seen by the integration tests; the
 * others are Apple's texts for its Security framework results and Windows' texts for its error codes.
 */
const KNOWN: ReadonlyArray<readonly [RegExp, KeychainReason]> = [
  [/locked collection/i, 'locked'],
  // macOS, errSecInteractionNotAllowed -25308: the keychain is locked and no prompt may be shown.
  [/interaction is not allowed|-25308/i, 'locked'],

  [/could not connect|cannot (autolaunch|spawn)|connection (refused|is closed)|no such file/i, 'absent'],
  [/org\.freedesktop\.secrets|ServiceUnknown|was not provided by any \.service/i, 'absent'],
  [/failed to load keytar|cannot find module|libsecret/i, 'absent'],
  // macOS -25307, -25294; Windows 1312 when no one is logged on, as in a service.
  [/default keychain could not be found|-25307|-25294|logon session does not exist/i, 'absent'],

  // macOS -128, -25293, -34018; Windows 5.
  [/user cancell?ed|dismissed|passphrase you entered|-25293|required entitlement|-34018/i, 'denied'],
  [/access is denied|AccessDenied|permission denied|not permitted/i, 'denied'],
];

/** Turns a keytar error message into a reason; unrecognised ones are `failed`. */
export function classifyKeychainError(message: string): KeychainReason {
  return KNOWN.find(([pattern]) => pattern.test(message))?.[1] ?? 'failed';
}

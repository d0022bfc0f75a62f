/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

/**
 * The password that ZooKeeper gives a session: sixteen bytes of a linear congruential generator seeded with the session
 * id. Anyone who knows the id can compute it, so it is accepted only for sessions that came with ZooKeeper's data.
 */
final class ImportedPassword
{
    private static final long SEED = 0xB3415C00L;
    private static final long MULTIPLIER = 0x5_DEEC_E66DL;
    private static final long INCREMENT = 0xB;
    private static final long MASK = (1L << 48) - 1;
    private static final int OUTPUT_SHIFT = 16;

    private ImportedPassword()
    {
    }

    static byte[] of(final long sessionId)
    {
        final byte[] password = new byte[SessionPasswords.PASSWORD_LENGTH];
        long state = (sessionId ^ SEED ^ MULTIPLIER) & MASK;
        for (int i = 0; i < password.length; i += Integer.BYTES)
        {
            state = (state * MULTIPLIER + INCREMENT) & MASK;
            final int output = (int)(state >>> OUTPUT_SHIFT);
            for (int k = 0; k < Integer.BYTES; k++)
            {
                password[i + k] = (byte)(output >>> (k * Byte.SIZE));
            }
        }

        return password;
    }
}

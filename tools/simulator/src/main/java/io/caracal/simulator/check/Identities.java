/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Who a client is to its server: its address, and what it has proven on its connection.
 *
 * @param address of the client.
 * @param digests ids of the scheme digest, in the order in which they were proven.
 * @param isSuper whether it may do everything.
 */
public record Identities(String address, List<String> digests, boolean isSuper)
{
    /** A client without an address that has proven nothing. */
    public static final Identities NONE = new Identities("", List.of(), false);

    /** What a client sends to prove that it may do everything. */
    public static final String SUPER_CREDENTIALS = "super:secret";

    private static final int BITS = 8;
    private static final int MASK = 0xFF;

    /**
     * A client that has proven nothing yet.
     *
     * @param clientId of the client, to which its address belongs.
     * @return its address alone.
     */
    public static Identities of(final int clientId)
    {
        return new Identities("10.0." + (clientId >> BITS & MASK) + "." + (clientId & MASK), List.of(), false);
    }

    /**
     * The identities after one more proof.
     *
     * @param credentials user and password, separated by a colon.
     * @return these identities if nothing is new in that.
     */
    public Identities with(final String credentials)
    {
        final String digest = digestOf(credentials);
        if (digests.contains(digest))
        {
            return this;
        }

        final List<String> more = new ArrayList<>(digests);
        more.add(digest);

        return new Identities(address, List.copyOf(more), isSuper || SUPER_CREDENTIALS.equals(credentials));
    }

    /**
     * The id of the scheme digest that belongs to credentials.
     *
     * @param credentials user and password, separated by a colon.
     * @return the user and a hash, separated by a colon.
     */
    public static String digestOf(final String credentials)
    {
        try
        {
            final byte[] hash = MessageDigest.getInstance("SHA-1").digest(credentials.getBytes(StandardCharsets.UTF_8));

            return credentials.substring(0, credentials.indexOf(':') + 1) + Base64.getEncoder().encodeToString(hash);
        }
        catch (final NoSuchAlgorithmException e)
        {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    @Override
    public String toString()
    {
        return address + digests.stream().map(digest -> "+" + digest.substring(0, digest.indexOf(':'))).toList();
    }
}

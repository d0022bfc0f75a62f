/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.util.ArrayList;
import java.util.List;

/**
 * Requires every connection to prove an identity of certain schemes: {@code enforce.auth.enabled} and
 * {@code enforce.auth.schemes}. This applies to all requests except auth and sasl. A client without such an identity
 * gets SESSION_CLOSED_REQUIRE_AUTH with zxid 0, and its connection is closed.
 */
public final class AuthEnforcement
{
    private static final AuthEnforcement NONE = new AuthEnforcement(List.of());

    private final Scheme[] schemes;

    private AuthEnforcement(final List<Scheme> schemes)
    {
        this.schemes = schemes.toArray(new Scheme[0]);
    }

    /**
     * Requires nothing.
     *
     * @return permits everybody.
     */
    public static AuthEnforcement none()
    {
        return NONE;
    }

    /**
     * Requires an identity of one of several schemes.
     *
     * @param names    schemes, one of which is enough.
     * @param settings of the server.
     * @return the requirement.
     * @throws IllegalArgumentException when there is no scheme, or one with which nobody can authenticate here: the
     *                                  server must not start.
     */
    public static AuthEnforcement of(final List<String> names, final AclSettings settings)
    {
        final List<Scheme> schemes = new ArrayList<>();

        for (final String name : names)
        {
            final Scheme scheme = Scheme.of(name);

            if (scheme != Scheme.IP && (scheme != Scheme.DIGEST || !settings.digestEnabled()))
            {
                throw new IllegalArgumentException("enforced authentication scheme is not available: " + name);
            }

            schemes.add(scheme);
        }

        if (schemes.isEmpty())
        {
            throw new IllegalArgumentException("enforced authentication names no scheme");
        }

        return new AuthEnforcement(schemes);
    }

    /**
     * Whether a connection meets the requirement.
     *
     * @param who   its identities.
     * @param limit number of them that count.
     * @return true when it does, or when nothing is required.
     */
    public boolean permits(final Identities who, final int limit)
    {
        for (final Scheme scheme : schemes)
        {
            if (who.has(scheme, limit))
            {
                return true;
            }
        }

        return schemes.length == 0;
    }
}

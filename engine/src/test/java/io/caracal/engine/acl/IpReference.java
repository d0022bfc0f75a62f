/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Parses IP literals with the JDK, limited to texts that the JDK surely treats as literals. */
final class IpReference
{
    private static final String V4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
    private static final String V6 = "(?=.*:.*:)([0-9a-fA-F]{0,4}:)+([0-9a-fA-F]{0,4}|" + V4 + ")";

    private IpReference()
    {
    }

    /** Returns the bytes of the address, null when the text is not a literal. Never looks up a name. */
    static byte[] parse(final String text)
    {
        if (!text.matches(V4) && !text.matches(V6))
        {
            return null;
        }

        try
        {
            // With brackets, the JDK refuses anything but an IPv6 literal. Four decimal numbers are never a name.
            return isWithin255(text) ? InetAddress.getByName(text.indexOf(':') < 0 ? text : "[" + text + "]")
                .getAddress() : null;
        }
        catch (final UnknownHostException noLiteral)
        {
            return null;
        }
    }

    /** If a number is too large, the JDK would look the text up as a name. */
    private static boolean isWithin255(final String text)
    {
        if (text.indexOf(':') >= 0)
        {
            return true;
        }

        for (final String number : text.split("\\.", -1))
        {
            if (Integer.parseInt(number) > 255)
            {
                return false;
            }
        }

        return true;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP literals as the JDK reads them, for those texts that are certain to be taken as literals. */
final class IpReference
{
    private static final String V4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
    private static final String V6 = "(?=.*:.*:)([0-9a-fA-F]{0,4}:)+([0-9a-fA-F]{0,4}|" + V4 + ")";

    private IpReference()
    {
    }

    /** The bytes, null when the text is no literal. No name is ever looked up. */
    static byte[] parse(final String text)
    {
        if (!text.matches(V4) && !text.matches(V6))
        {
            return null;
        }

        try
        {
            // Brackets make the JDK refuse what is no IPv6 literal; four decimal numbers are never a name.
            return isWithin255(text) ? InetAddress.getByName(text.indexOf(':') < 0 ? text : "[" + text + "]")
                .getAddress() : null;
        }
        catch (final UnknownHostException noLiteral)
        {
            return null;
        }
    }

    /** The JDK would look a name up when a number is too large. */
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

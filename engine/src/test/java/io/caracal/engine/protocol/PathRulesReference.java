/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.charset.StandardCharsets;

/** The rules for paths, implemented a second time on decoded text and without regard for speed. */
final class PathRulesReference
{
    private PathRulesReference()
    {
    }

    static boolean isValid(final byte[] utf8)
    {
        final String path = new String(utf8, StandardCharsets.UTF_8);

        if (!path.startsWith("/") || path.chars().anyMatch(PathRulesReference::isForbidden))
        {
            return false;
        }

        if (path.equals("/"))
        {
            return true;
        }

        for (final String segment : path.substring(1).split("/", -1))
        {
            if (segment.isEmpty() || segment.equals(".") || segment.equals(".."))
            {
                return false;
            }
        }

        return true;
    }

    private static boolean isForbidden(final int unit)
    {
        return unit <= 0x1F || (unit >= 0x7F && unit <= 0x9F) || (unit >= 0xD800 && unit <= 0xF8FF) || unit >= 0xFFF0;
    }
}

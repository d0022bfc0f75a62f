/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.util.function.Consumer;

/**
 * A short text, produced when its turn comes.
 *
 * @param writer writes the text.
 */
record TextSection(Consumer<StringBuilder> writer) implements Section
{
    @Override
    public Progress advance(final StringBuilder text)
    {
        writer.accept(text);
        return Progress.DONE;
    }
}

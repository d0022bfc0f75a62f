/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the outcomes in all transcripts in {@code src/test/transcripts} still happen. With
 * {@code -Dtranscripts.write=true} the outcomes in the files are written anew, so that people can review them as text.
 */
class TranscriptsTest
{
    private static final Path DIRECTORY = Path.of("src", "test", "transcripts");

    static List<Path> transcripts() throws IOException
    {
        try (Stream<Path> files = Files.walk(DIRECTORY))
        {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void shouldHappenAsWritten(final Path file) throws IOException
    {
        final String text = Files.readString(file);
        try (Transcript transcript = new Transcript())
        {
            final String played = transcript.play(text);
            if (Boolean.getBoolean("transcripts.write"))
            {
                Files.writeString(file, played);
                return;
            }
            assertEquals(text, played);
        }
    }
}

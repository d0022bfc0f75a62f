/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.nio.file.Path;

/** Main class of a Caracal server. Takes zoo.cfg and port as arguments, and prints "ready" on standard output. */
public final class CaracalHost
{
    private CaracalHost()
    {
    }

    public static void main(final String[] arguments)
    {
        Orphan.guard();
        final Server server = Server.launch(new ServerContext().file(Path.of(arguments[0]))
            .clientPortAddress("127.0.0.1").clientPort(Integer.parseInt(arguments[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close"));
        System.out.println("ready");
        server.failure().join().printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}

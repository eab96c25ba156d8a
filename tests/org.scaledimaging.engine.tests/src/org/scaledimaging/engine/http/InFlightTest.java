package org.scaledimaging.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** A server is sent as many requests at a time as it takes. */
class InFlightTest {
    private static final URI SERVER = URI.create("http://in-flight.invalid:1/a");

    @Test
    void aRefusalHalvesThemAndAnswersBringThemBack() throws Exception {
        InFlight server = new InFlight();
        assertEquals(InFlight.MOST, server.allowed());
        server.refuse();
        server.refuse();
        assertEquals(InFlight.MOST / 2, server.allowed(), "refused together");
        int rounds = 0;
        for (int allowed = server.allowed(); allowed < InFlight.MOST; allowed = server.allowed()) {
            for (int i = 0; i < allowed; i++) {
                server.answer();
            }
            rounds++;
            assertTrue(server.allowed() <= allowed + 1, "one more for each round: " + allowed);
        }
        assertTrue(rounds >= InFlight.MOST / 2 && rounds < InFlight.MOST, rounds + " rounds");
        for (int i = 0; i < 1000; i++) {
            server.answer();
        }
        assertEquals(InFlight.MOST, server.allowed(), "and no more");
    }

    @Test
    void oneIsAlwaysAllowedAndEachServerHasItsOwn() throws Exception {
        InFlight server = InFlight.of(SERVER);
        assertSame(server, InFlight.of(SERVER.resolve("/b")));
        for (int i = 0; i < 10; i++) {
            server.refuse();
            Thread.sleep(210);
        }
        assertEquals(1, server.allowed());
        server.begin();
        server.end();
        assertEquals(
                InFlight.MOST,
                InFlight.of(URI.create("http://in-flight.invalid:2/a")).allowed());
    }
}

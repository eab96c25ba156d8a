package org.scaledimaging.cli.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.message.ParameterException;

class FormTest {
    @Test
    void parametersGoToThePluginOfTheirNumber() throws Exception {
        Form form = Form.of("1.mode=mirror&0.iterations=50%2C30&0.mask=a+b%26c&1.empty=");
        assertEquals(
                List.of(Map.of("iterations", "50,30", "mask", "a b&c"), Map.of("mode", "mirror", "empty", "")),
                form.ofPlugins(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.sigma=1", "sigma=1", "-1.sigma=1", "99999999999.sigma=1", ".sigma=1", "0=%zz"})
    void otherNamesAreRefused(String body) {
        assertThrows(ParameterException.class, () -> Form.of(body).ofPlugins(2));
    }

    @Test
    void numbersAreInTheirRange() throws Exception {
        Form form = Form.of("a=7&b=-1&c=x&d=NaN&e=1e3");
        assertEquals(7, form.integer("a", 0, 7));
        assertEquals(1000, form.number("e"));
        for (String name : List.of("b", "c", "missing")) {
            assertThrows(ParameterException.class, () -> form.integer(name, 0, 7), name);
        }
        for (String name : List.of("c", "d", "missing")) {
            assertThrows(ParameterException.class, () -> form.number(name), name);
        }
    }
}

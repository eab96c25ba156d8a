package org.scaledimaging.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.report.Comparison;
import org.scaledimaging.engine.report.Figures;
import org.scaledimaging.engine.report.ReportIndex;
import org.scaledimaging.engine.report.ReportPage;
import org.scaledimaging.engine.report.ReportText;
import org.scaledimaging.engine.statistics.Statistics;

/** Reports as a reader meets them. */
class ReportPageTest {
    private static final String HOSTILE = "a</script><img src=x onerror=alert(1)>.nii";

    @TempDir
    private Path folder;

    private static Image image(int width, int height, int depth, double brightest) {
        float[] voxels = new float[width * height * depth];
        for (int i = 0; i < voxels.length; i++) {
            int x = i % width;
            voxels[i] = i == 7 ? Float.NaN : (float) ((i % 13 < 6 ? 5 : 60 + i % 5) * (1 + brightest * x / width));
        }
        ImageMetadata metadata = ImageMetadata.of(
                "made",
                PixelType.FLOAT32,
                Dimension.of(Axis.Z, depth),
                Dimension.of(Axis.Y, height),
                Dimension.of(Axis.X, width));
        return Image.of(ArrayImgs.floats(voxels, width, height, depth), metadata);
    }

    private Path page(String name, Image before, Image after) throws Exception {
        Path file = folder.resolve(name + ".html");
        Comparison images =
                new Comparison(before.source(), after.source(), Optional.of(before.source()), Optional.empty());
        ReportText text = new ReportText(
                name.equals("hostile") ? HOSTILE : name,
                "before",
                "after",
                Optional.of("scaled-imaging process a b"),
                Optional.of("{}"),
                "1",
                Optional.of(1.5),
                List.of(Notice.warning("Look at <b>this</b>.")));
        Files.writeString(file, ReportPage.of(images, text, Execution.standard()));
        return file;
    }

    @Test
    void slidersScrollAndFiguresAreThoseOfStatistics() throws Exception {
        Image before = image(24, 20, 40, 1);
        Image after = image(24, 20, 40, 0.1);
        Path page = page("hostile", before, after);
        try (Chromium browser = Chromium.start(900, 900)) {
            browser.open(page.toUri().toString());
            assertEquals(
                    HOSTILE,
                    browser.evaluate("document.getElementById('title').textContent")
                            .asText());
            assertTrue(browser.evaluate("document.body.textContent.includes('Look at <b>this</b>.')")
                    .asBoolean());

            String split = "getComputedStyle(document.querySelector('.front')).clipPath";
            String half = browser.evaluate(split).asText();
            browser.evaluate("document.getElementById('split').focus()");
            browser.press("ArrowRight");
            browser.waitFor("document.getElementById('split').value === '51'");
            assertNotEquals(half, browser.evaluate(split).asText());

            for (String axis : List.of("z", "y", "x")) {
                String view = "document.getElementById('slice-" + axis + "').closest('.view')";
                String pictures = view + ".querySelectorAll('img')";
                String shown = "[..." + pictures + "].map(i => i.alt.split('slice ')[1]).join('|')";
                String was = browser.evaluate(shown).asText();
                String bytes = browser.evaluate(pictures + "[0].src").asText();
                browser.evaluate("document.getElementById('slice-" + axis + "').focus()");
                browser.press("ArrowRight");
                browser.waitFor(shown + " !== '" + was + "'");
                String[] now = browser.evaluate(shown).asText().split("\\|");
                assertEquals(3, now.length);
                assertEquals(now[0], now[1]);
                assertEquals(now[0], now[2]);
                assertNotEquals(bytes, browser.evaluate(pictures + "[0].src").asText());
                browser.waitFor("[..." + pictures + "].every(i => i.complete && i.naturalWidth > 0)");
            }

            for (int column = 0; column < 2; column++) {
                Statistics truth = (column == 0 ? before : after).statistics(Figures.PERCENTILES, Execution.standard());
                List<Double> expected = new ArrayList<>(List.of(
                        (double) truth.voxels(),
                        (double) truth.finiteVoxels(),
                        truth.minimum(),
                        truth.maximum(),
                        truth.mean(),
                        truth.standardDeviation()));
                expected.addAll(truth.percentiles());
                for (int row = 0; row < expected.size(); row++) {
                    String cell = "Number(document.getElementById('figures').rows[" + (row + 1) + "].cells["
                            + (column + 1) + "].dataset.value)";
                    assertEquals(expected.get(row), browser.evaluate(cell).asDouble(), cell);
                }
            }

            String path = "document.querySelector('#histogram path').getAttribute('d')";
            String linear = browser.evaluate(path).asText();
            browser.evaluate("document.getElementById('log').click()");
            assertNotEquals(linear, browser.evaluate(path).asText());
            assertEquals(
                    0,
                    browser.evaluate("[...document.querySelectorAll('input,img,svg,pre')].filter(e =>"
                                    + " !(e.getAttribute('aria-label') || e.alt || e.labels?.length)).length")
                            .asInt());
            assertEquals(List.of(), browser.exceptions());
            assertTrue(
                    browser.requests().stream().noneMatch(address -> address.startsWith("http")),
                    browser.requests().toString());
        }
    }

    /** Two time points of three channels, of which two have names, that lie in the world. */
    private static Image fiveAxes(double factor) {
        int[] shape = {12, 16, 8, 3, 2};
        float[] voxels = new float[12 * 16 * 8 * 3 * 2];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (float) ((i % 12 + i / 12 % 16 + 40 * (i / 1536)) * factor);
        }
        ImageMetadata metadata = ImageMetadata.of(
                        "five",
                        PixelType.FLOAT32,
                        Dimension.of(Axis.T, 2),
                        Dimension.of(Axis.C, 3),
                        new Dimension(Axis.Z, shape[2], 2, "micrometer", 0),
                        new Dimension(Axis.Y, shape[1], 1, "micrometer", 0),
                        new Dimension(Axis.X, shape[0], 1, "micrometer", 0))
                .withChannels(List.of("nuclei", "<i>vessels</i>", "autofluorescence"), Optional.empty())
                .withFrame(Optional.of(WorldFrame.of(Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0))));
        return Image.of(ArrayImgs.floats(voxels, 12, 16, 8, 3, 2), metadata);
    }

    @Test
    void channelsAndTimePointsAreChosenAndPicturesSayHowTheyLie() throws Exception {
        Path page = page("five", fiveAxes(1), fiveAxes(0.5));
        try (Chromium browser = Chromium.start(900, 900)) {
            browser.open(page.toUri().toString());
            String caption = "document.querySelector('.view figcaption').textContent";
            String source = "document.querySelector('.view img.back').src";
            assertTrue(browser.evaluate(caption).asText().contains("channel 0 (nuclei), time point 0"));
            String first = browser.evaluate(source).asText();
            browser.evaluate("document.getElementById('choose-channel').focus()");
            browser.press("ArrowDown");
            browser.waitFor(caption + ".includes('channel 1 (<i>vessels</i>), time point 0')");
            String second = browser.evaluate(source).asText();
            browser.evaluate("{ const list = document.getElementById('choose-time'); list.value = '1';"
                    + " list.dispatchEvent(new Event('change')); }");
            browser.waitFor(caption + ".includes('channel 1 (<i>vessels</i>), time point 1')");
            assertNotEquals(second, browser.evaluate(source).asText(), "another time point, in the channel's window");
            assertNotEquals(first, second);
            browser.waitFor("[...document.images].every(i => i.complete && i.naturalWidth > 0)");
            assertEquals(
                    "L R A P",
                    browser.evaluate(
                                    "[...document.querySelectorAll('.pair')][0].querySelectorAll('.letter').length === 4"
                                            + " && ['left', 'right', 'top', 'bottom'].map(side => document.querySelector('.pair .'"
                                            + " + side).textContent).join(' ')")
                            .asText());
            String bar = "document.querySelector('.pair .bar')";
            assertEquals("2 \u00b5m", browser.evaluate(bar + ".textContent").asText());
            double part = browser.evaluate(bar + ".offsetWidth / document.querySelector('.pair').offsetWidth")
                    .asDouble();
            assertEquals(2 / 12.0, part, 0.02, "of 12 \u00b5m");
            double ratio = browser.evaluate("document.querySelector('.pair').offsetWidth"
                            + " / document.querySelector('.pair').offsetHeight")
                    .asDouble();
            assertEquals(12 / 16.0, ratio, 0.02);
            assertEquals(List.of(), browser.exceptions());
        }
        try (Chromium browser = Chromium.start(900, 900)) {
            browser.open(page("plain", image(8, 8, 4, 1), image(8, 8, 4, 0.5))
                    .toUri()
                    .toString());
            String text = browser.evaluate("document.querySelector('main').textContent")
                    .asText();
            assertTrue(!text.contains("channel") && !text.contains("time point"), "there is no such axis");
            assertEquals(
                    0,
                    browser.evaluate("document.querySelectorAll('select, .letter').length")
                            .asInt());
        }
    }

    @Test
    void aRatioThatSaysNothingIsSaidToBeSo() throws Exception {
        float[] voxels = new float[64];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = i % 2 == 0 ? -10 : 10.1f;
        }
        ImageMetadata metadata =
                ImageMetadata.of("centred", PixelType.FLOAT32, Dimension.of(Axis.Y, 8), Dimension.of(Axis.X, 8));
        Image centred = Image.of(ArrayImgs.floats(voxels, 8, 8), metadata);
        float[] ones = new float[64];
        Arrays.fill(ones, 1);
        Image all = Image.of(ArrayImgs.floats(ones, 8, 8), metadata);
        Path file = folder.resolve("centred.html");
        ReportText text = new ReportText(
                "centred", "a", "b", Optional.empty(), Optional.empty(), "1", Optional.empty(), List.of());
        Comparison images =
                new Comparison(centred.source(), centred.source(), Optional.empty(), Optional.of(all.source()));
        Files.writeString(file, ReportPage.of(images, text, Execution.standard()));
        try (Chromium browser = Chromium.start(900, 900)) {
            browser.open(file.toUri().toString());
            assertTrue(browser.evaluate("document.getElementById('mask').textContent")
                    .asText()
                    .contains("says nothing here"));
        }
    }

    @Test
    void aPictureThatIsTallAndNarrowFitsTheScreen() throws Exception {
        Image tall = image(2, 3000, 2, 1);
        Path page = page("tall", tall, tall);
        try (Chromium browser = Chromium.start(900, 900)) {
            browser.open(page.toUri().toString());
            browser.waitFor("[...document.images].every(i => i.complete)");
            String heights = "[...document.querySelectorAll('.view img')].map(i => i.clientHeight)";
            double most = browser.evaluate("Math.max(..." + heights + ")").asDouble();
            assertTrue(most > 100 && most < 900, "height " + most);
        }
    }

    @Test
    void whatHasNoValueIsShownAsADash() throws Exception {
        ImageMetadata metadata =
                ImageMetadata.of("made", PixelType.FLOAT32, Dimension.of(Axis.Y, 1), Dimension.of(Axis.X, 2));
        Image nothing = Image.of(ArrayImgs.floats(new float[] {Float.NaN, Float.NaN}, 2, 1), metadata);
        try (Chromium browser = Chromium.start(900, 900)) {
            browser.open(page("nothing", nothing, nothing).toUri().toString());
            assertEquals(
                    "–",
                    browser.evaluate("document.getElementById('figures').rows[3].cells[1].textContent")
                            .asText());
            for (String word : List.of("null", "NaN", "Infinity", "undefined")) {
                assertEquals(
                        "",
                        browser.evaluate("[...document.querySelectorAll('main *, body > :not(script)')].filter(e =>"
                                        + " e.title === '" + word + "' || (e.tagName !== 'SCRIPT' &&"
                                        + " e.childElementCount === 0 && e.textContent.includes('" + word
                                        + "'))).map(e => e.outerHTML.slice(0, 200)).join(' ')")
                                .asText(),
                        word);
            }
            assertEquals(List.of(), browser.exceptions());
        }
    }

    @Test
    void anIndexSortsAndMarksWhatIsFarFromTheOthers() throws Exception {
        List<Path> pages = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pages.add(page("r" + (char) ('a' + i), image(8, 8, 2, 1), image(8, 8, 2, i == 4 ? 30 : 0.1 + i * 0.001)));
        }
        Path index = folder.resolve("index.html");
        Files.writeString(index, ReportIndex.of(pages, index));
        try (Chromium browser = Chromium.start(900, 600)) {
            browser.open(index.toUri().toString());
            String first = "document.querySelector('#rows a').textContent";
            assertEquals("ra", browser.evaluate(first).asText());
            assertEquals(
                    1,
                    browser.evaluate("document.querySelectorAll('.outlier').length")
                            .asInt());
            assertEquals(
                    "re",
                    browser.evaluate("document.querySelector('.outlier').closest('tr').querySelector('a').textContent")
                            .asText());
            browser.evaluate("document.querySelector('[data-key=variationRatio]').click()");
            assertEquals(
                    "ascending",
                    browser.evaluate("document.querySelector('[aria-sort]').getAttribute('aria-sort')")
                            .asText());
            browser.evaluate("document.querySelector('[data-key=variationRatio]').focus()");
            browser.evaluate("document.activeElement.click()");
            assertEquals("re", browser.evaluate(first).asText());
            browser.waitFor("[...document.images].every(i => i.complete && i.naturalWidth > 0)");
            browser.evaluate("document.querySelector('#rows a').click()");
            browser.waitFor("document.getElementById('split')");
            assertEquals(List.of(), browser.exceptions());
        }
    }
}

package org.scaledimaging.engine.operation.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The published schema of recipes says what operations declare; {@code -Dschemas.write=true} writes it anew. */
class RecipeSchemaTest {
    @Test
    void whatIsPublishedIsWhatOperationsDeclare() throws Exception {
        Path published = Path.of(System.getProperty("project.root"), "docs/schemas/recipe-1.json");
        if (Boolean.getBoolean("schemas.write")) {
            Files.createDirectories(published.getParent());
            Files.writeString(published, RecipeSchema.json());
        }
        assertEquals(RecipeSchema.json(), Files.readString(published), published.toString());
    }
}

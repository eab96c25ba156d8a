package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.dataset.DatasetReader;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import io.jhdf.object.message.SymbolTableMessage;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scaledimaging.engine.message.ImageFormatException;

/** A group or dataset of a file: its links and attributes, read when they are asked for. Thread-safe. */
public final class Hdf5Node {
    private static final int MOST_LINKS = 32;
    private static final int SOFT = 2;

    private final Hdf5File file;
    private final long address;
    private final String path;
    private ObjectHeader header;
    private Map<String, Link> links;
    private Map<String, AttributeMessage> attributes;

    /**
     * Where a name leads.
     *
     * @param address of an object of the same file; −1 where it is elsewhere
     * @param target its path there
     * @param file the name of the other file; empty for this one
     */
    private record Link(long address, String target, String file) {}

    /** @param path in the file, from its root on */
    Hdf5Node(Hdf5File file, long address, String path) {
        this.file = file;
        this.address = address;
        this.path = path;
    }

    /** The file that the object is in. */
    public Hdf5File file() {
        return file;
    }

    /** Its place for messages, as in {@code image.h5/t00000/s00}. */
    public String location() {
        return path.equals("/") ? file.path().toString() : file.path() + path;
    }

    /** The path inside the file. */
    public String path() {
        return path;
    }

    /** Whether the object holds values; else it is a group or a type. */
    public boolean isDataset() throws IOException {
        return has(DataSpaceMessage.class) && has(DataTypeMessage.class);
    }

    private boolean has(Class<? extends Message> type) throws IOException {
        return header().hasMessageOfType(type);
    }

    synchronized ObjectHeader header() throws IOException {
        if (header == null) {
            header = Hdf5File.guarded(file.path(), () -> ObjectHeader.readObjectHeader(file, address));
        }
        return header;
    }

    /** The names of what is in a group, in their order; none in a dataset. */
    public List<String> names() throws IOException {
        return List.copyOf(links().keySet());
    }

    /** What is at a path below this node; nothing where there is none. */
    public Optional<Hdf5Node> at(String below) throws IOException {
        return at(below, 0);
    }

    private Optional<Hdf5Node> at(String below, int depth) throws IOException {
        Hdf5Node node = this;
        for (String name : below.split("/")) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            Link link = node.links().get(name);
            Optional<Hdf5Node> next = link == null ? Optional.empty() : node.follow(link, name, depth);
            if (next.isEmpty()) {
                return next;
            }
            node = next.get();
        }
        return Optional.of(node);
    }

    private Optional<Hdf5Node> follow(Link link, String name, int depth) throws IOException {
        String below = (path.equals("/") ? "" : path) + "/" + name;
        if (link.address() != Constants.UNDEFINED_ADDRESS) {
            return Optional.of(new Hdf5Node(file, link.address(), below));
        }
        if (depth >= MOST_LINKS) {
            throw new ImageFormatException(file.path() + below, "a link that leads round in circles", "a dataset");
        }
        boolean absolute = !link.file().isEmpty() || link.target().startsWith("/");
        Hdf5File other = link.file().isEmpty() ? file : file.other(beside(link.file()));
        Optional<Hdf5Node> found = (absolute ? other.root() : this).at(link.target(), depth + 1);
        return found.map(node -> new Hdf5Node(node.file, node.address, below));
    }

    /**
     * Which object it is, whatever links lead to it.
     *
     * @param file compared by identity
     */
    public record Identity(Hdf5File file, long address) {}

    /** Equal for two paths to one object. */
    public Identity identity() {
        return new Identity(file, address);
    }

    /** A file that a link names, which has to be in this one's folder, as partitions of BigDataViewer's files are. */
    private Path beside(String name) throws IOException {
        Path named = Path.of(name).getFileName();
        Path other = file.path().resolveSibling(named);
        if (!Files.isRegularFile(other)) {
            throw new ImageFormatException(
                    file.path(),
                    "a link into the file " + name + ", which is not there",
                    "that file in the same folder");
        }
        return other;
    }

    private synchronized Map<String, Link> links() throws IOException {
        if (links == null) {
            ObjectHeader known = header();
            links = Hdf5File.guarded(file.path(), () -> {
                Map<String, Link> found = new TreeMap<>();
                if (known.hasMessageOfType(SymbolTableMessage.class)) {
                    fromTable(known.getMessageOfType(SymbolTableMessage.class), found);
                } else if (known.hasMessageOfType(LinkInfoMessage.class)) {
                    fromMessages(known, found);
                }
                return found;
            });
        }
        return links;
    }

    private void fromTable(SymbolTableMessage table, Map<String, Link> found) {
        ByteBuffer heap = new LocalHeap(file, table.getLocalHeapAddress()).getDataBuffer();
        for (long child :
                BTreeV1.createGroupBTree(file, table.getBTreeAddress()).getChildAddresses()) {
            for (SymbolTableEntry entry : new GroupSymbolTableNode(file, child).getSymbolTableEntries()) {
                String target = entry.getCacheType() == SOFT ? text(heap, entry.getLinkValueOffset()) : "";
                long at = target.isEmpty() ? entry.getObjectHeaderAddress() : Constants.UNDEFINED_ADDRESS;
                found.put(text(heap, entry.getLinkNameOffset()), new Link(at, target, ""));
            }
        }
    }

    private static String text(ByteBuffer heap, int offset) {
        return Utils.readUntilNull(heap.duplicate().position(offset));
    }

    private void fromMessages(ObjectHeader known, Map<String, Link> found) {
        LinkInfoMessage info = known.getMessageOfType(LinkInfoMessage.class);
        List<LinkMessage> messages = new ArrayList<>(known.getMessagesOfType(LinkMessage.class));
        if (info.getBTreeNameIndexAddress() != Constants.UNDEFINED_ADDRESS) {
            FractalHeap heap = new FractalHeap(file, info.getFractalHeapAddress());
            BTreeV2<LinkNameForIndexedGroupRecord> index = new BTreeV2<>(file, info.getBTreeNameIndexAddress());
            for (LinkNameForIndexedGroupRecord record : index.getRecords()) {
                messages.add(LinkMessage.fromBuffer(heap.getId(record.getId()), file.getSuperblock()));
            }
        }
        for (LinkMessage message : messages) {
            found.put(
                    message.getLinkName(),
                    switch (message.getLinkType()) {
                        case HARD -> new Link(message.getHardLinkAddress(), "", "");
                        case SOFT -> new Link(Constants.UNDEFINED_ADDRESS, message.getSoftLink(), "");
                        case EXTERNAL ->
                            new Link(Constants.UNDEFINED_ADDRESS, message.getExternalPath(), message.getExternalFile());
                    });
        }
    }

    private synchronized Map<String, AttributeMessage> attributes() throws IOException {
        if (attributes == null) {
            ObjectHeader known = header();
            attributes = Hdf5File.guarded(file.path(), () -> {
                Map<String, AttributeMessage> found = new TreeMap<>();
                for (AttributeMessage message : known.getMessagesOfType(AttributeMessage.class)) {
                    found.put(message.getName(), message);
                }
                for (AttributeInfoMessage info : known.getMessagesOfType(AttributeInfoMessage.class)) {
                    if (info.getFractalHeapAddress() != Constants.UNDEFINED_ADDRESS) {
                        addDense(info, found);
                    }
                }
                return found;
            });
        }
        return attributes;
    }

    private void addDense(AttributeInfoMessage info, Map<String, AttributeMessage> found) {
        FractalHeap heap = new FractalHeap(file, info.getFractalHeapAddress());
        BTreeV2<AttributeNameForIndexedAttributesRecord> index =
                new BTreeV2<>(file, info.getAttributeNameBTreeAddress());
        for (AttributeNameForIndexedAttributesRecord record : index.getRecords()) {
            AttributeMessage message = new AttributeMessage(heap.getId(record.getHeapId()), file, record.getFlags());
            found.put(message.getName(), message);
        }
    }

    /** The text of an attribute, in one or in letters as Imaris has them; nothing where there is none that is a text. */
    public Optional<String> text(String name) throws IOException {
        Object value = value(name);
        AttributeMessage message = attributes().get(name);
        if (value instanceof String[] && message.getDataType().getSize() == 1) {
            value = StandardCharsets.UTF_8.decode(message.getDataBuffer()).toString();
        } else if (value instanceof byte[] bytes) {
            value = new String(bytes, StandardCharsets.UTF_8);
        }
        return value instanceof String text ? Optional.of(text.replace("\0", "")) : Optional.empty();
    }

    /** The texts of an attribute that has several; none where there is no such one. */
    public List<String> texts(String name) throws IOException {
        Object value = value(name);
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof String[] texts ? Arrays.asList(texts) : List.of();
    }

    /** The numbers of an attribute, row by row, also those that a text tells; none where there are none. */
    public double[] numbers(String name) throws IOException {
        List<Double> numbers = new ArrayList<>();
        addNumbers(value(name), numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static void addNumbers(Object value, List<Double> numbers) {
        if (value instanceof Number number) {
            numbers.add(number.doubleValue());
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                addNumbers(Array.get(value, i), numbers);
            }
        }
    }

    /** Whether the object has an attribute of this name. */
    public boolean hasAttribute(String name) throws IOException {
        return attributes().containsKey(name);
    }

    private Object value(String name) throws IOException {
        AttributeMessage message = attributes().get(name);
        if (message == null) {
            return null;
        }
        return Hdf5File.guarded(
                file.path(),
                () -> message.getDataBuffer() == null
                        ? null
                        : DatasetReader.readDataset(
                                message.getDataType(),
                                message.getDataBuffer(),
                                message.getDataSpace().getDimensions(),
                                file));
    }
}

import java.io.File;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.DirectedGraph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** Imports a file with Gephi and prints what it found: "nodes N", "edges N", "column NAME TYPE", "label ID<TAB>LABEL". */
public class GephiCheck {
  public static void main(String[] files) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(files[0]));
    container.getLoader().setAllowAutoNode(false);
    container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
    importer.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
    DirectedGraph graph = model.getDirectedGraph();
    System.out.println("nodes " + graph.getNodeCount());
    System.out.println("edges " + graph.getEdgeCount());
    for (Column column : model.getNodeTable()) {
      System.out.println("column " + column.getTitle() + " " + column.getTypeClass().getSimpleName());
    }
    for (Node node : graph.getNodes().toArray()) {
      System.out.println("label " + node.getId() + "\t" + node.getLabel().replaceAll("\\s", " "));
    }
  }
}

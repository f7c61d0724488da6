import { teamWorker } from "../threads/team.js";
import { EXACT } from "./task.js";

export default teamWorker(EXACT);

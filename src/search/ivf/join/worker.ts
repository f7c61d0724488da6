import { teamWorker } from "../../threads/team.js";
import { JOIN } from "./join.js";

export default teamWorker(JOIN);

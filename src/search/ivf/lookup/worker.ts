import { teamWorker } from "../../threads/team.js";
import { LOOKUP } from "./lookup.js";

export default teamWorker(LOOKUP);

"""The fleet's tables: types and constraints, no rule."""

from fleet.models.accidents import Accident, AccidentPhoto
from fleet.models.bookings import Block, Booking, Contract, Occupancy, is_holding
from fleet.models.costs import VehicleCost
from fleet.models.defects import Defect
from fleet.models.fines import Fine
from fleet.models.follow_up import CapDecision, GrantedTrip, Outcome, PointEtape
from fleet.models.loans import VehicleLoan
from fleet.models.marks import LookPhoto, VehicleMark
from fleet.models.microcredits import Microcredit
from fleet.models.modes import ModeChoice
from fleet.models.past_rentals import PastRental
from fleet.models.rescue import Rescue
from fleet.models.reviews import MonthlyReview
from fleet.models.takeovers import Takeover
from fleet.models.transfers import VehicleTransfer
from fleet.models.upkeep import UpkeepDone, UpkeepDue, UpkeepException
from fleet.models.vehicles import ConditionReport, OdometerReading, Vehicle, VehicleImport, VehicleStep
from fleet.models.waiting import PlanRun, WaitingProposal, WaitingRequest
from fleet.models.workshop import Garage, WorkLine, WorkOrder

__all__ = [
    "Accident",
    "AccidentPhoto",
    "Block",
    "Booking",
    "CapDecision",
    "ConditionReport",
    "Contract",
    "Defect",
    "Fine",
    "Garage",
    "GrantedTrip",
    "LookPhoto",
    "Microcredit",
    "ModeChoice",
    "MonthlyReview",
    "Occupancy",
    "OdometerReading",
    "Outcome",
    "PastRental",
    "PlanRun",
    "PointEtape",
    "Rescue",
    "Takeover",
    "UpkeepDone",
    "UpkeepDue",
    "UpkeepException",
    "Vehicle",
    "VehicleCost",
    "VehicleImport",
    "VehicleLoan",
    "VehicleMark",
    "VehicleStep",
    "VehicleTransfer",
    "WaitingProposal",
    "WaitingRequest",
    "WorkLine",
    "WorkOrder",
    "is_holding",
]

"""Invented sentences of many wars, and the event that is at stake in each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.claims.events import event_table, find_event
from bywhom.prose.inflection import irregular, verb_forms
from bywhom.records import Event, EventType, Mention, Span


def event_in(sentence: str, cue: str | None = None) -> Event:
    at = sentence.find(cue) if cue else -1
    mention = Mention(at, at + len(cue), cue) if cue else None
    return find_event(sentence, Span(0, len(sentence)), table=event_table(), cue=mention)


STORY = """
attack: Fighter jets bombed the port of Hodeida before dawn
attack: Gunmen opened fire on a convoy of the peacekeepers near Gao
attack: Heavy fighting broke out in the north of Omdurman
attack: The rebels launched an offensive towards the provincial capital
attack: Two suicide bombers blew themselves up outside the barracks
attack: Shells hit a queue of people waiting for bread
attack: A drone struck the airport twice on Tuesday
attack: The army fired rockets at the hills above the valley
attack: Clashes between the two militias continued for a third day
attack: Artillery fire was heard across the city all night
attack: Troops traded fire with insurgents along the river
attack: The junta carried out an air strike on a monastery
attack: Explosions rocked the capital overnight
attack: Three roadside bombs went off as the patrol passed
attack: Insurgents ambushed a column of trucks in the gorge
attack: MORTARS WERE FIRED AT THE GARRISON FROM THE CEMETERY
attack: The ceasefire was violated eleven times on Sunday
attack: Snipers shot at demonstrators from the roofs
attack: Guerrillas attempted to storm the barracks
attack: Missiles landed near the stadium
casualty: At least 40 people were killed in the shelling of the camp
casualty: A landmine killed two farmers and wounded a child
casualty: The death toll has risen to 212
casualty: Five soldiers died of their wounds
casualty: The brigade suffered heavy losses near the dam
casualty: More than a hundred bodies were found under the rubble of the school
casualty: The strike left nine dead
casualty: The blast claimed the lives of three medics
casualty: Dozens were injured when the roof fell in
casualty: EIGHT PEASANTS DIED AND THREE WERE WOUNDED
casualty: A shell killed a shepherd
execute: Militiamen shot dead four prisoners in the quarry
attack: The judge was assassinated on his way to court
execute: Two hostages were beheaded by the group
execute: The deserters were executed in front of their company
attack: Fighters massacred the men of the village
execute: A mass grave was found behind the mill
detain: Police arrested thirty students after the march
detain: A bishop was kidnapped by armed men in the delta
detain: The captured pilot is held in a prison in the capital
detain: Both sides exchanged 70 prisoners at the bridge
detain: The journalist was released after nine months
detain: Soldiers took the mayor hostage
detain: Villagers were locked in the cellar of the mill for two weeks
detain: Eleven aid workers were abducted on the road to the lake
detain: He was sentenced to twelve years in prison for treason
mistreat: Prisoners were tortured with electric shocks
mistreat: Guards beat the detainees with cables
mistreat: Militiamen raped dozens of women
mistreat: The soldiers had been left at the front line by their commanders
mistreat: They spent four days without food and water
mistreat: Children were deported to the neighbouring country
mistreat: Inmates were denied medical treatment
mistreat: The conditions in the cells are unsanitary
mistreat: Residents were used as human shields
destroy: The hospital was destroyed in the raid
destroy: Air defences shot down six drones over the gulf
destroy: Rebels burned forty houses in the village
destroy: The bridge over the Blue Nile was damaged
destroy: Two tanks were knocked out near the mine
destroy: The frigate sank after the explosion
seize: Government forces captured the town of Bor
seize: The rebels took control of the airfield
seize: The town fell to the insurgents on Monday
seize: Paratroopers are advancing on the refinery
seize: Soldiers cleared a dozen buildings in the old quarter
seize: The coalition recaptured the ridge
seize: Armed men looted the warehouse of the relief agency
seize: Troops entered the suburb from the south
seize: The militia overran two outposts
encircle: The garrison has been surrounded since June
encircle: Rebels besieged the hill town for ten months
encircle: The army cut off the road to the enclave
encircle: The city is under siege
encircle: The blockade of the port was tightened
breakout: The regiment broke out of the encirclement at night
breakout: The breakout attempt failed
mobilise: The president ordered the mobilisation of reservists
mobilise: Students are being drafted into the army
mobilise: The general sent reinforcements to the pass
mobilise: Warlords recruit boys as young as twelve
mobilise: Ten thousand troops were deployed along the border
mobilise: Convicts were sent to the front line
protest: Thousands took to the streets of the capital
protest: Mothers of conscripts gathered outside the ministry
protest: Dockers went on strike against the war
protest: Students held a demonstration in front of the embassy
aid: The kingdom pledged $50 million in humanitarian aid
aid: Volunteers evacuated the wounded by boat
aid: The ministry delivered ammunition and fuel to the garrison
aid: The neighbouring state will supply the rebels with weapons
aid: Rescue workers pulled a girl from the ruins
appeal: The bishop called for a truce
appeal: The envoy urged both sides to stop the shelling
appeal: Relatives demanded an investigation
appeal: The mayor appealed to the world for help
appeal: The government asked the council to send observers
flee: Thousands of villagers fled across the border
flee: The fighting displaced 30,000 people
flee: Families left their homes with what they could carry
flee: Residents were evacuated from the island
refuse: The conscripts refused to go to the front
refuse: The company disobeyed the order to attack
refuse: Sailors mutinied aboard the cruiser
refuse: Pilots refused to bomb the city
surrender: The garrison surrendered after a week
surrender: A hundred fighters laid down their arms
surrender: The islanders refused to surrender
desert: Forty soldiers deserted from the fort
desert: The colonel defected to the rebels
destroy: The barrage caused heavy damage to the customs house
destroy: The monastery suffered extensive damage in the siege
casualty: The gas caused three deaths among the stokers
casualty: Eleven miners were reported killed at the pit
attack: The dragoons tried to kill the governor on the bridge
attack: The picket thwarted an infiltration of the lines
attack: Both sides breached the cessation of hostilities again
attack: The viceroy may use force against the strikers
other: The envoy voiced support for the candidate
other: The colony reached a peaceful settlement with the chiefs
other: The ferry took off from the lake at noon
mobilise: Regiments of hussars massed along the frontier
detain: The pilot was released unharmed by his captors
detain: The smugglers are being held by the harbour authorities
detain: The boatman was turned over to the judiciary
sabotage: The harbour office was targeted in a cyberattack
sabotage: Agents exfiltrated the blueprints of the torpedo
protest: The revolution began with peaceful protests in the market
mistreat: The governor committed crimes against humanity in the colony
appeal: The widow filed a lawsuit against the shipyard
appeal: It is essential that both envoys come to the island
withdraw: The admiral removed his troops from the island
withdraw: The insurgents still hold two towns on the coast
withdraw: The army withdrew from the enclave
withdraw: Troops pulled back to the river
withdraw: The unit abandoned its positions
withdraw: Soldiers left the village without a fight
sabotage: Saboteurs derailed a freight train behind the lines
sabotage: An undersea cable was blown up by divers
sabotage: Hackers brought down the railway's computers in a cyberattack
other: The two presidents met in Nairobi
other: The parliament voted on the budget
other: The minister dismissed the chief of staff
other: The fire brigade arrived an hour later
other: The parties struck a deal on grain
other: Petrol is scarce and prices have doubled
other: The fired minister gave a press conference
other: A drone entered the airspace of the neutral state
refuse: The hussars said they would not go forward, whoever commanded them
refuse: The grenadiers will not go back to the front without their pay
detain: The provost threw the drummer into a pit behind the camp
detain: The brigands carried off two girls and a miller
detain: The ferryman was dragged from his bed before dawn
detain: Gendarmes picked up students at a checkpoint on the bridge
detain: The mutineers have not been caught
detain: The stoker was held on suspicion of espionage
attack: The patrol was caught in crossfire at the ford
casualty: A shepherd counted nineteen corpses in the ditch
casualty: Forty of them were eliminated at the ford
casualty: Pilgrims saw fresh graves on the slope
mistreat: The wardens tied the drummer to a tree
mistreat: The islanders were eating grass and bark
mistreat: They used the innkeeper and his sons as shields
mistreat: The lancers made the villagers carry their shells
protest: Widows beat pots and pans beneath the balcony
protest: Mothers stood at the gate with portraits of their sons
mobilise: The regent signed a decree calling up all bachelors
mobilise: The recruits had been given rifles from another war
mobilise: The drummers were thrown into the trenches unpaid
mobilise: The duchy sent two hundred constables to the colony
encircle: The only road to the fort is under fire control
encircle: The pocket has closed around two regiments
encircle: The rebels blocked every track to the salt market
other: A relief worker wrote to the bishop
encircle: A relief column set out from the capital
breakout: Nine men made it out of the pocket through the reeds
withdraw: The brigade went back across the river
withdraw: Nobody gave the order to leave
withdraw: Three legations have flown their staff home
surrender: A platoon came out of the mill with its hands up
surrender: The outpost had given itself up at noon
sabotage: A railway bridge was brought down by partisans
sabotage: A boy was hired online to set fire to a signal box
seize: The raiders made off with forty camels
attack: Horsemen fell upon the caravan at the well
desert: Sixteen gunners walked off their positions in the night
destroy: The raiders put fire to the windmills
flee: The whole valley took to the hills
flee: Two thousand people are hiding in the swamps
flee: Families have moved to relatives in the plain
flee: Four hundred children were taken out of the border villages
aid: The order flew in nine tonnes of millet
aid: Soup and bread were handed out at the quay
aid: Surgeons are operating by candlelight
execute: They separated the fathers from the sons and shot nine
refuse: The grenadiers would not climb out before the soup came
attack: The duchy's frigates will not attack the island
detain: They locked the drummer in a barn for nine days
detain: Two stokers were put in irons
detain: Forty teachers have vanished from their homes
mobilise: One son of every house was taken for the army
mobilise: The admiralty called the reserve fleet into service
encircle: The supply route to the fort is cut
aid: No lorries were allowed into the valley
aid: A trawler picked up four survivors
aid: Flights with medicine have resumed
destroy: Gunners brought down two airships
destroy: Raiders slaughtered the oxen of the mission
attack: The hussars beat off nine attempts to advance
breakout: The lancers tried to burst through the ring
withdraw: The third battalion has slipped away to the left bank
sabotage: A tug was holed by a limpet mine
sabotage: Unknown men sawed through a pylon
casualty: Nine infants starved to death in the fort
casualty: Six whalers are still unaccounted for
flee: She and her sons walked four days to the border
flee: The arrivals in the camp numbered nine thousand
protest: Dockers stopped work for an hour
protest: Mothers blocked the highway with prams
surrender: Two gunners raised their hands to the balloon
surrender: The mutineers struck their flag at dusk
execute: The provosts had orders to gun down anyone who turned back
execute: A lad was finished off before the company
seize: The lancers emptied the pharmacy
desert: He crawled away from the position at night
breakout: An attempt to break out of the fort was repelled
other: The hamlet was caught in a storm
detain: They took dozens of young men away
execute: The drummer was shot by his own officers
"""


@pytest.mark.parametrize("line", STORY.strip().splitlines())
def test_the_event_at_stake(line: str) -> None:
    kind, sentence = line.split(": ", 1)
    assert event_in(sentence).type.value == kind


AMBIGUOUS = """
other: The fire department put out the blaze at the depot
other: The deal struck a balance between the two camps
other: The company fired its director in March
other: The general was fired by the president
other: Prices hit a record high in the capital
protest: Teachers struck for higher pay
other: The coal mine was reopened last week
other: The charge d'affaires left for consultations
other: The shell company was registered in Panama
other: Talks on a ceasefire have begun in Geneva
other: A court ordered the company to pay damages
attack: The ceasefire collapsed when the shelling resumed
withdraw: The last peacekeepers left the town on Friday
detain: The rebels captured nine soldiers
seize: The rebels captured nine villages
casualty: The attackers killed the guard and fled
attack: The column was attacked with grenades
seize: The capture of the port took four days
detain: The capture of the admiral was announced on the radio
mistreat: The guard threatened the inmates with a knife
aid: The hospital treated sixty wounded
mobilise: The two countries held joint military exercises
aid: The lorries brought flour and medicine for the displaced
flee: The villagers crossed the river to escape the fighting
attack: A car loaded with explosives rammed the gate
casualty: Nobody was hurt when the shell exploded
destroy: Fire destroyed the archive of the town
attack: The militia claimed the attack on the bus
other: The assault rifle was made in the 1970s
appeal: The union called on workers to join the strike
protest: Rail workers began a strike
attack: Rocket attacks on the green zone have become rare
other: The battle-tested brigade received new uniforms
withdraw: The order to retreat came too late
aid: The envoy promised more weapons to the government
attack: The group threatened to attack the embassy
attack: The admiral said the fleet would strike again
refuse: Half of the battalion refused orders to advance
detain: The army refused to release the prisoners
mobilise: Nine hundred marines arrived at the air base from the islands
mobilise: The king doubled the number of troops along the border
casualty: Two constables were among those killed
casualty: Forty miners suffered from suffocation
casualty: Nine of our comrades have fallen in combat
sabotage: The spies broke into the email accounts of the consul
aid: The republic offered scholarships to the orphans
aid: Divers searched for survivors all night
attack: The gunners fired more than forty rockets into the port
seize: The valley has returned to government control
surrender: The garrison refused an ultimatum to surrender
surrender: The rebels rejected a demand to lay down their arms
withdraw: The militia refused to withdraw from the harbour
"""


@pytest.mark.parametrize("line", AMBIGUOUS.strip().splitlines())
def test_words_of_several_meanings(line: str) -> None:
    kind, sentence = line.split(": ", 1)
    assert event_in(sentence).type.value == kind


def test_a_cue_is_no_event_but_an_appeal_is_both() -> None:
    assert event_in("The consul claimed that the fort had fallen", cue="claimed").type is EventType.SEIZE
    assert event_in("The consul urged the garrison to surrender", cue="urged").type is EventType.APPEAL


@pytest.mark.parametrize("verb", ["shell", "capture", "torture", "besiege", "execute", "withdraw", "flee"])
def test_every_form_of_a_verb_signals_the_same_type(verb: str) -> None:
    forms = verb_forms(verb, irregular())
    kinds = {event_in(f"The militia {form} the prisoners").type for form in forms.past}
    kinds |= {event_in(f"The militia has {form} the prisoners").type for form in forms.participle}
    assert len(kinds) == 1


def test_british_and_american_spelling_signal_the_same() -> None:
    assert event_in("The king mobilised the guards").type is event_in("The king mobilized the guards").type


@given(st.sampled_from([line.split(": ", 1)[1] for line in STORY.strip().splitlines()]), st.integers(0, 40))
def test_what_stands_around_a_span_changes_nothing(sentence: str, shift: int) -> None:
    text = "x" * shift + " " + sentence + " and then nothing"
    span = Span(shift + 1, shift + 1 + len(sentence))
    here, alone = find_event(text, span, table=event_table()), event_in(sentence)
    assert (here.type, here.trigger and here.trigger.text) == (alone.type, alone.trigger and alone.trigger.text)
    assert all(text[a.mention.start : a.mention.end] == a.name for a in here.actors if a.mention)


@given(st.text(max_size=200))
def test_any_text_has_an_event(text: str) -> None:
    event = find_event(text, Span(0, len(text)), table=event_table())
    assert event.trigger is None or event.trigger.text in text


@pytest.mark.parametrize(
    ("text", "faint"),
    [
        ("Rebels shelled the fort", False),
        ("The ferry carried survivors of the raid", True),
    ],
)
def test_an_event_that_stands_low_in_its_clause_is_faint(text: str, faint: bool) -> None:
    assert find_event(text, Span(0, len(text)), table=event_table()).faint is faint
